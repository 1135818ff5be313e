"""The order of mixed left-to-right and right-to-left text: a level per character (Unicode Annex 9)."""

from __future__ import annotations

import re
from unicodedata import bidirectional

MOST_DEPTH = 125
_RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_PAIRS = (
    "()[]{}⟨⟩⟦⟧⟪⟫〈〉《》「」『』【】〔〕〖〗〘〙〚〛（）［］｛｝｟｠｢｣⁅⁆⦅⦆"
    "﹙﹚﹛﹜﹝﹞༺༻༼༽᚛᚜⁽⁾₍₎⌈⌉⌊⌋〈〉❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟬⟭⟮⟯"
)
_OPENING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_CLOSING = {b: a for a, b in _OPENING.items()}
_SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}
_REMOVED = frozenset(("RLE", "LRE", "RLO", "LRO", "PDF", "BN"))
_ISOLATES = frozenset(("LRI", "RLI", "FSI"))
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"))


def has_right_to_left(text: str) -> bool:
    """Whether any character of the text may run from right to left."""
    return _RIGHT.search(text) is not None


def base_level(text: str) -> int:
    """0 or 1: the direction of the first strong character outside isolates (rules P2, P3)."""
    depth = 0
    for char in text:
        kind = bidirectional(char)
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in ("L", "R", "AL"):
            return 0 if kind == "L" else 1
    return 0


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character of one paragraph; odd levels run right to left."""
    if base == 0 and not has_right_to_left(text):
        return [0] * len(text)
    kinds = [bidirectional(char) or "L" for char in text]
    result, kinds_now, matches = _explicit(text, kinds, base)
    explicit = tuple(result)
    for sequence in _sequences(kinds, result, matches):
        start, end = _edges(sequence, kinds, explicit, base)
        _resolve(text, sequence, kinds, kinds_now, result, start, end)
    _reset_removed(kinds, result, base)
    return result


def _matching(kinds: list[str]) -> dict[int, int]:
    """Each isolate's opening with its close (rule BD9)."""
    stack: list[int] = []
    found: dict[int, int] = {}
    for place, kind in enumerate(kinds):
        if kind in _ISOLATES:
            stack.append(place)
        elif kind == "PDI" and stack:
            found[stack.pop()] = place
    return found


def _explicit(text: str, kinds: list[str], base: int) -> tuple[list[int], list[str], dict[int, int]]:
    """Levels from embeddings, overrides and isolates (rules X1 to X8)."""
    matches = _matching(kinds)
    closes = {end: start for start, end in matches.items()}
    result = [base] * len(kinds)
    now = list(kinds)
    stack: list[tuple[int, str, bool]] = [(base, "", False)]
    over_isolates = over_embeddings = valid_isolates = 0
    for place, kind in enumerate(kinds):
        level, override, _isolate = stack[-1]
        if kind in _ISOLATES:
            result[place] = level
            now[place] = override or kind
            inside = text[place + 1 : matches.get(place, len(text))] if kind == "FSI" else ""
            right = base_level(inside) == 1 if kind == "FSI" else kind == "RLI"
            deeper = (level + 1) | 1 if right else (level + 2) & ~1
            if deeper <= MOST_DEPTH and not over_isolates and not over_embeddings:
                valid_isolates += 1
                stack.append((deeper, "", True))
            else:
                over_isolates += 1
        elif kind in ("RLE", "LRE", "RLO", "LRO"):
            result[place] = level
            deeper = (level + 1) | 1 if kind[0] == "R" else (level + 2) & ~1
            if deeper <= MOST_DEPTH and not over_isolates and not over_embeddings:
                stack.append((deeper, {"RLO": "R", "LRO": "L"}.get(kind, ""), False))
            elif not over_isolates:
                over_embeddings += 1
        elif kind == "PDI":
            if over_isolates:
                over_isolates -= 1
            elif valid_isolates and place in closes:
                over_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            result[place] = stack[-1][0]
            now[place] = stack[-1][1] or kind
        elif kind == "PDF":
            if over_isolates:
                pass
            elif over_embeddings:
                over_embeddings -= 1
            elif not stack[-1][2] and len(stack) > 1:
                stack.pop()
            result[place] = level
        elif kind == "B":
            result[place] = base
        else:
            result[place] = level
            if override and kind != "BN":
                now[place] = override
    return result, now, matches


def _sequences(kinds: list[str], found: list[int], matches: dict[int, int]) -> list[list[int]]:
    """The isolating run sequences, removed characters left out (rules X9, X10)."""
    runs: list[list[int]] = []
    for place, kind in enumerate(kinds):
        if kind in _REMOVED:
            continue
        if runs and found[runs[-1][-1]] == found[place]:
            runs[-1].append(place)
        else:
            runs.append([place])
    starts = {run[0]: run for run in runs}
    closes = set(matches.values())
    sequences = []
    for run in runs:
        if kinds[run[0]] == "PDI" and run[0] in closes:
            continue
        whole, last = list(run), run[-1]
        while kinds[last] in _ISOLATES and matches.get(last) in starts:
            following = starts[matches[last]]
            whole += following
            last = following[-1]
        sequences.append(whole)
    return sequences


def _resolve(
    text: str, places: list[int], original: list[str], now: list[str], result: list[int], start: str, end: str
) -> None:
    """Weak, neutral and implicit types of one sequence (rules W1 to I2)."""
    level = result[places[0]]
    kinds = [now[place] for place in places]
    _weak(kinds, start)
    embedding = "R" if level % 2 else "L"
    _brackets(text, places, original, kinds, embedding, start)
    _neutral(kinds, start, end, embedding)
    for place, kind in zip(places, kinds, strict=True):
        if level % 2 == 0:
            result[place] = level + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)
        else:
            result[place] = level + (kind in ("L", "EN", "AN"))


def _edges(places: list[int], kinds: list[str], explicit: tuple[int, ...], base: int) -> tuple[str, str]:
    """The directions just before and after a sequence (sos, eos)."""
    before, after = places[0] - 1, places[-1] + 1
    while before >= 0 and kinds[before] in _REMOVED:
        before -= 1
    while after < len(kinds) and kinds[after] in _REMOVED:
        after += 1
    level = explicit[places[0]]
    left = explicit[before] if before >= 0 else base
    open_end = kinds[places[-1]] in _ISOLATES
    right = explicit[after] if after < len(kinds) and not open_end else base
    return ("R" if max(level, left) % 2 else "L"), ("R" if max(level, right) % 2 else "L")


def _weak(kinds: list[str], start: str) -> None:
    previous = start
    for n, kind in enumerate(kinds):  # W1
        if kind == "NSM":
            kinds[n] = "ON" if previous in ("LRI", "RLI", "FSI", "PDI") else previous
        previous = kinds[n]
    strong = start
    for n, kind in enumerate(kinds):  # W2, W3
        if kind in ("L", "R", "AL"):
            strong = kind
        if kind == "EN" and strong == "AL":
            kinds[n] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for n in range(1, len(kinds) - 1):  # W4
        around = kinds[n - 1]
        if around == kinds[n + 1] and (
            (kinds[n] == "ES" and around == "EN") or (kinds[n] == "CS" and around in ("EN", "AN"))
        ):
            kinds[n] = around
    _terminators(kinds)
    kinds[:] = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]  # W6
    strong = start
    for n, kind in enumerate(kinds):  # W7
        if kind in ("L", "R"):
            strong = kind
        if kind == "EN" and strong == "L":
            kinds[n] = "L"


def _terminators(kinds: list[str]) -> None:
    n = 0
    while n < len(kinds):  # W5
        if kinds[n] != "ET":
            n += 1
            continue
        end = n
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        touches = (n and kinds[n - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")
        if touches:
            kinds[n:end] = ["EN"] * (end - n)
        n = end


def _strong(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else kind if kind == "L" else ""


def _pairs(text: str, places: list[int], kinds: list[str]) -> list[tuple[int, int]]:
    """Matching brackets of a sequence (rule BD16)."""
    stack: list[tuple[str, int]] = []
    found = []
    for n, place in enumerate(places):
        char = _SAME.get(text[place], text[place])
        if kinds[n] != "ON":
            continue
        if char in _OPENING:
            if len(stack) == 63:
                break
            stack.append((_OPENING[char], n))
        elif char in _CLOSING:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == char:
                    found.append((stack[depth][1], n))
                    del stack[depth:]
                    break
    return sorted(found)


def _brackets(
    text: str, places: list[int], original: list[str], kinds: list[str], embedding: str, start: str
) -> None:
    """Brackets take the direction of what they hold (rule N0)."""
    for opening, closing in _pairs(text, places, kinds):
        inside = {_strong(kind) for kind in kinds[opening + 1 : closing]} - {""}
        direction = ""
        if embedding in inside:
            direction = embedding
        elif inside:
            context = next((s for kind in reversed(kinds[:opening]) if (s := _strong(kind))), start)
            direction = context if context != embedding else embedding
        if direction:
            for place in (opening, closing):
                kinds[place] = direction
                following = place + 1
                while following < len(kinds) and original[places[following]] == "NSM":
                    kinds[following] = direction
                    following += 1


def _neutral(kinds: list[str], start: str, end: str, embedding: str) -> None:
    n = 0
    while n < len(kinds):  # N1, N2
        if kinds[n] not in _NEUTRAL:
            n += 1
            continue
        stop = n
        while stop < len(kinds) and kinds[stop] in _NEUTRAL:
            stop += 1
        before = _strong(kinds[n - 1]) if n else start
        after = _strong(kinds[stop]) if stop < len(kinds) else end
        kinds[n:stop] = [before if before == after else embedding] * (stop - n)
        n = stop


def _reset_removed(kinds: list[str], result: list[int], base: int) -> None:
    """Removed characters follow their neighbour; separators and trailing space take the base level (L1)."""
    for n, kind in enumerate(kinds):
        if kind in _REMOVED:
            result[n] = result[n - 1] if n else base
    trailing = True
    for n in range(len(kinds) - 1, -1, -1):
        kind = kinds[n]
        if kind in ("B", "S"):
            result[n], trailing = base, True
        elif trailing and (kind == "WS" or kind in _ISOLATES or kind == "PDI" or kind in _REMOVED):
            result[n] = base
        else:
            trailing = False


def visual_order(item_levels: list[int]) -> list[int]:
    """The items of a line from left to right (rule L2)."""
    order = list(range(len(item_levels)))
    if not item_levels or max(item_levels) == 0:
        return order
    lowest_odd = min((level for level in item_levels if level % 2), default=max(item_levels) + 1)
    for level in range(max(item_levels), lowest_odd - 1, -1):
        n = 0
        while n < len(order):
            if item_levels[order[n]] < level:
                n += 1
                continue
            end = n
            while end < len(order) and item_levels[order[end]] >= level:
                end += 1
            order[n:end] = order[n:end][::-1]
            n = end
    return order
