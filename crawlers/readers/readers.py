"""The readers by the name that a declaration gives; a new shape of listing is one more line."""

from __future__ import annotations

from crawlers.readers.certificates import Certificates
from crawlers.readers.directory import Directory
from crawlers.readers.never import Never
from crawlers.readers.npi_registry import NpiRegistry
from crawlers.readers.nppes_file import NppesFile
from crawlers.readers.table import Table

READERS: dict[str, type[Certificates | Directory | Never | NpiRegistry | NppesFile | Table]] = {
    "certificates": Certificates,
    "directory": Directory,
    "list": Table,
    "never": Never,
    "npi_registry": NpiRegistry,
    "nppes_file": NppesFile,
}
