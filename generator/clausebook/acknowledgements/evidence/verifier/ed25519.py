"""Ed25519 signatures checked by RFC 8032, section 5.1, in Python alone: slower than a library, and without a secret to leak."""

from __future__ import annotations

import base64
import hashlib
import re

Point = tuple[int, int, int, int]
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)
NEUTRAL: Point = (0, 1, 1, 0)


def add(one: Point, two: Point) -> Point:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def read_point(data: bytes, *, negative: bool = False) -> Point | None:
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    if len(data) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if (x & 1 != sign) != negative:
        x = P - x
    return x, y, 1, x * y % P


def is_small(point: Point) -> bool:
    """Whether eight times the point is nothing: then signatures that fit it can be made without any secret."""
    for _ in range(3):
        point = add(point, point)
    return point[0] % P == 0 and (point[1] - point[2]) % P == 0


def table_of(point: Point) -> list[list[Point]]:
    """All multiples by one hexadecimal digit, for each of 64 digits."""
    rows = []
    for _ in range(64):
        row = [NEUTRAL]
        for _ in range(16):
            row.append(add(row[-1], point))
        rows.append(row[:16])
        point = row[16]
    return rows


def times(table: list[list[Point]], number: int) -> Point:
    result = NEUTRAL
    for row in table:
        result = add(result, row[number & 15])
        number >>= 4
    return result


BASE = table_of(read_point(bytes([0x58]) + bytes([0x66]) * 31) or NEUTRAL)


class Key:
    """A public key; `wrong` says why it is none that may be trusted."""

    def __init__(self, public: str) -> None:
        self.raw = unbase64(public) or b""
        point = read_point(self.raw, negative=True) if len(self.raw) == 32 else None
        self.wrong = "is no key" if point is None else "is a key with which anyone can sign" if is_small(point) else ""
        self.table = table_of(point) if point and not self.wrong else None

    def signed(self, data: bytes, signature: str) -> bool:
        raw = unbase64(signature) or b""
        s = int.from_bytes(raw[32:], "little")
        if self.table is None or len(raw) != 64 or s >= L:
            return False
        h = int.from_bytes(hashlib.sha512(raw[:32] + self.raw + data).digest(), "little") % L
        x, y, z, _ = add(times(BASE, s), times(self.table, h))
        inverse = pow(z, P - 2, P)
        return raw[:32] == (y * inverse % P | (x * inverse % P & 1) << 255).to_bytes(32, "little")


def unbase64(text: str) -> bytes | None:
    """base64url without padding; None where it is not that, or not the one form in which its bytes are written."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text) or len(text) % 4 == 1:
        return None
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return data if base64.urlsafe_b64encode(data).rstrip(b"=").decode() == text else None
