"""The readers by the name that a declaration gives; a new shape of listing is one more line."""

from __future__ import annotations

from crawlers.readers.certificates import Certificates
from crawlers.readers.directory import Directory
from crawlers.readers.npi_registry import NpiRegistry
from crawlers.readers.table import Table

READERS: dict[str, type[Certificates | Directory | NpiRegistry | Table]] = {
    "certificates": Certificates,
    "directory": Directory,
    "list": Table,
    "npi_registry": NpiRegistry,
}
