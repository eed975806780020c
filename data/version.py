"""The version of this very code, whether it is installed or runs from a checkout."""

VERSION = "0.1.0"
