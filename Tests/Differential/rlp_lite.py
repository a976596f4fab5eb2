"""Recursive length prefix encoding of numbers, bytes and lists."""


def encode(item):
    if isinstance(item, int):
        item = item.to_bytes((item.bit_length() + 7) // 8, "big")
    if isinstance(item, bytes):
        return item if len(item) == 1 and item[0] < 0x80 else header(len(item), 0x80) + item
    body = b"".join(map(encode, item))
    return header(len(body), 0xc0) + body


def header(count, base):
    if count < 56:
        return bytes([base + count])
    size = count.to_bytes((count.bit_length() + 7) // 8, "big")
    return bytes([base + 55 + len(size)]) + size
