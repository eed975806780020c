"""A block that several blocks of a page make together, and the claims that are heard in it.

A builder sets an item's title and text, or the parts of an address, in boxes of their own; what
they share is the heading over all of them. They are read together beside their own blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audit.catalog.catalog import Catalog
from audit.pages.blocks import Block
from audit.stances.found import Found
from data.vocabulary import Stance

_READER = "reader"
DISCLOSED, PROMISED = "required-disclosure", "prohibited-claim"


@dataclass(frozen=True, slots=True)
class Joined:
    """Blocks of a page, and the block that they make together.

    Its claims are those of rules of some ``kinds``, or ``about`` a concept where one is named. A
    claim that needs a qualifier is never among them: both are looked for where it is made.
    """

    block: Block
    members: tuple[Block, ...]
    kinds: tuple[str, ...] = (DISCLOSED,)
    about: str = ""

    def of_several(self, claims: Iterable[Found], catalog: Catalog) -> Iterator[Found]:
        """The claims that can be made by several blocks together.

        What was put together is sure only where patterns and the second reader agree.
        """
        for found in claims:
            if found.decided_by == _READER or (found.score is not None and found.score <= 0):
                continue
            rule = catalog.rules[found.rule_id]
            named = any(self.about in concepts for near in rule.subject for concepts in near)
            wanted = named if self.about else rule.kind in self.kinds
            if wanted and found.set_aside is None and found.stance == Stance.STATES:
                yield found


def around(blocks: Sequence[Block]) -> int:
    """The innermost element around several blocks."""
    shared = [blocks[0].element, *blocks[0].outline.around(blocks[0].element)]
    for block in blocks[1:]:
        chain = {block.element, *block.outline.around(block.element)}
        shared = [element for element in shared if element in chain]
    return shared[0] if shared else blocks[0].element
