"""Files spoiled at random, from a seed: what people's hands and other programs do to them."""

import copy
import json
from random import Random
from typing import Any

VALUES: tuple[Any, ...] = (
    *(None, True, -1, 0, 5, 1e30, "", "x", "person-1", "\ud800", [], [None], {}, {"text": 5}),
    *([[]], {"start": 0, "end": 3, "text": "Ana"}, {"start": -5, "end": "x", "text": None}),
)
BYTES = (
    b"",
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\n",
    b"\t",
    b" ",
    b"{",
    b"]",
    b'"',
    b"9",
)


def spoil_json(value: Any, random: Random) -> Any:
    """A copy in which one to three nodes are other values, gone, or there twice."""
    spoiled = [copy.deepcopy(value)]
    for _ in range(random.randint(1, 3)):
        node, key = random.choice(list(_places(spoiled)))
        match random.randrange(4):
            case 0 if key != 0 or node is not spoiled:
                del node[key]
            case 1 if isinstance(node, list):
                node.insert(key, copy.deepcopy(node[key]))
            case _:
                node[key] = copy.deepcopy(random.choice(VALUES))
    return spoiled[0] if spoiled else None


def _places(node: Any) -> Any:
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in list(items):
        yield node, key
        if isinstance(value, (dict, list)):
            yield from _places(value)


def spoil_bytes(content: bytes, random: Random) -> bytes:
    """A copy with one to three pieces put in, doubled or cut out."""
    for _ in range(random.randint(1, 3)):
        start, end = sorted(random.randrange(len(content) + 1) for _ in "ab")
        end = min(end, start + 12)
        piece = random.choice((*BYTES, content[start:end] * 2))
        content = content[:start] + piece + content[random.choice((start, end)) :]
    return content


def spoil_file(content: bytes, random: Random) -> bytes:
    """JSON and JSON lines spoiled by value half of the time, all else by bytes."""
    if random.random() < 0.7:
        try:
            return json.dumps(spoil_json(json.loads(content), random)).encode()
        except ValueError:
            pass
        try:
            lines = [json.loads(line) for line in content.splitlines()]
            spoiled = spoil_json(lines, random)
            lines = spoiled if isinstance(spoiled, list) else [spoiled]
            return "\n".join(map(json.dumps, lines)).encode()
        except ValueError:
            pass
    return spoil_bytes(content, random)
