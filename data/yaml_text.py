"""YAML as people write it by hand: a key that stands twice is refused, as YAML 1.2 demands.

PyYAML would keep the last one and drop what stood under the first without a word
(https://github.com/yaml/pyyaml/issues/165).
"""

from __future__ import annotations

from typing import Any

import yaml

try:  # The C loader is some fifteen times faster; wheels have it, some builds from source do not.
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]


class _Loader(_SafeLoader):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._flat: set[int] = set()

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        # This spreads out merge keys (<<), and what they bring may be overruled; so look before it.
        if id(node) not in self._flat:
            self._flat.add(id(node))
            _refuse_twice(node)
        super().flatten_mapping(node)


def _refuse_twice(node: yaml.MappingNode) -> None:
    seen: set[tuple[str, str]] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            if (key.tag, key.value) in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key.value!r} stands twice", key.start_mark
                )
            seen.add((key.tag, key.value))


def parsed(text: str) -> Any:
    """The value of a YAML text, in plain types.

    Raises:
        yaml.YAMLError: it is no YAML, it is nested too deeply, or a mapping has a key twice.
    """
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - made of the safe one
    except RecursionError as error:
        raise yaml.YAMLError("nested too deeply") from error
