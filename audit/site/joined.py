"""A block that several blocks of a page make together, and the claims that are heard in it.

A builder sets an item's title and text, or the parts of an address, in boxes of their own; what
they share is the heading over all of them. They are read together beside their own blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audit.catalog.catalog import Catalog
from audit.catalog.rule import Rule
from audit.pages.blocks import Block
from audit.stances.found import Found

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

    def rules(self, catalog: Catalog) -> frozenset[str]:
        """The rules whose claims can be made by several blocks together."""
        return frozenset(rule.id for rule in catalog.rules.values() if self._may_state(rule))

    def _may_state(self, rule: Rule) -> bool:
        named = any(self.about in concepts for near in rule.subject for concepts in near)
        return named if self.about else rule.kind in self.kinds

    def of_several(self, claims: Iterable[Found]) -> Iterator[Found]:
        """Those claims that count of blocks which were put together.

        They are sure only where patterns and the second reader agree.
        """
        for found in claims:
            is_sure = found.score is None or found.score > 0
            if is_sure and found.set_aside is None:
                yield found


def around(blocks: Sequence[Block]) -> int:
    """The innermost element around several blocks."""
    shared = [blocks[0].element, *blocks[0].outline.around(blocks[0].element)]
    for block in blocks[1:]:
        chain = {block.element, *block.outline.around(block.element)}
        shared = [element for element in shared if element in chain]
    return shared[0] if shared else blocks[0].element
