"""What a corpus decides about the mentions that share a key: pure functions over counts.

The order in which articles came in plays no part: counts go in, and ties are broken by fixed rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tui.article import MENTION_TYPES, EntityId, MentionType
from tui.entities.names import fold_name


@dataclass(frozen=True, slots=True)
class EntityDecision:
    """One person, organisation, place or other thing of a corpus."""

    id: EntityId
    name: str
    """The surface that stands for it: the commonest that spells the key out."""
    type: MentionType
    aliases: tuple[str, ...]
    """The other surfaces, commonest first, and then what it is called beside its name."""


def entity_id(key: str) -> EntityId:
    """The id of the entity with this key: 16 hex digits, whatever the corpus and the order of ingest."""
    # Not at the top: hashlib loads OpenSSL, a fifth of the time to a worker's first article, which needs no id.
    from hashlib import blake2b

    return EntityId(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest())


def decide(
    key: str,
    surfaces: Mapping[str, int],
    types: Mapping[MentionType, int],
    descriptions: Mapping[str, int] | None = None,
) -> EntityDecision:
    """Name and type of the entity behind `key`.

    Args:
        key: what `KeyedMention.key` says.
        surfaces: how often each text stood for it in the corpus.
        types: how often it was taken for each type.
        descriptions: what it was called beside its name (`tui.entities.descriptions`), and how often.
    """
    ranked = sorted(surfaces, key=lambda surface: (-surfaces[surface], _shouting(surface), surface))
    spelt_out = [surface for surface in ranked if fold_name(surface) == key]
    calm = [surface for surface in spelt_out if not _shouting(surface)]
    name = (calm or spelt_out or ranked or [key])[0]
    majority = max(MENTION_TYPES, key=lambda kind: (types.get(kind, 0), -MENTION_TYPES.index(kind)))
    called = descriptions or {}
    ranked += sorted(called.keys() - surfaces.keys(), key=lambda text: (-called[text], text))
    return EntityDecision(
        entity_id(key), name, majority, tuple(surface for surface in ranked if surface != name)
    )


def _shouting(surface: str) -> bool:
    """Whether a headline's capitals hide how the name is written: `VLADIMIR PUTIN`, but not `NATO` or `UN`."""
    return surface.isupper() and len(surface) > 5
