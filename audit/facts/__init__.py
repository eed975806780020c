"""What a provider tells about itself: facts with their quotes, never a verdict.

``of_site`` reads the facts of a site's pages. A kind, or a few that belong together, is one module
with a ``READER``; word lists stand in YAML beside it. Only blocks in the provider's own voice are
read, and precision comes first: what is doubtful is left out.
"""

from __future__ import annotations

from audit.facts.collect import of_site

__all__ = ["of_site"]
