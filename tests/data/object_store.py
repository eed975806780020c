"""An S3-compatible store on loopback."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import boto3

_WHO = {"AWS_ACCESS_KEY_ID": "somebody", "AWS_SECRET_ACCESS_KEY": "x", "AWS_REGION": "us-east-1"}


@contextmanager
def bucket() -> Iterator[str]:
    """A bucket's address; the environment tells this process and its children how to reach it."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    with patch.dict(os.environ, {**_WHO, "AWS_ENDPOINT_URL": endpoint}), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        name = f"depot-{port}"
        boto3.client("s3", "us-east-1", endpoint_url=endpoint).create_bucket(Bucket=name)
        try:
            yield f"s3://{name}"
        finally:
            server.stop()
