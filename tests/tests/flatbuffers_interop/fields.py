"""Reads a value, prints each field on a line, and writes the value again: fields.py schema in.bin out.bin"""

import importlib
import sys

import flatbuffers

schema, source, target = sys.argv[1:]
sys.path.insert(0, ".")
module = importlib.import_module(f"{schema}_generated")
name = schema.capitalize()


def text(value):
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).replace("e+", "e")
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, (int, str)):
        return str(value)
    if hasattr(value, "__iter__"):
        return "[" + ", ".join(text(item.item() if hasattr(item, "item") else item) for item in value) + "]"
    fields = [f"{key}: {text(item)}" for key, item in sorted(vars(value).items())]
    return "{" + ", ".join(fields) + "}"


def read(path):
    with open(path, "rb") as file:
        return getattr(module, f"{name}T").InitFromPackedBuf(file.read(), 0)


def pack_corners(self, builder):
    """What flatc makes for an array of structs looks for the fields of a struct in the list itself."""
    builder.Prep(4, 24)
    for corner in reversed(self.v):
        for number in (corner.z, corner.y, corner.x):
            builder.PrependFloat32(number)
    return builder.Offset()


if schema == "everything":
    module.Vec3x2T.Pack = pack_corners

value = read(source)
for key, item in sorted(vars(value).items()):
    print(f"{key} = {text(item)}")

builder = flatbuffers.Builder(0)
root = value.Pack(builder)
if schema == "creature":
    builder.Finish(root, b"CREA")
else:
    builder.Finish(root)
with open(target, "wb") as file:
    file.write(builder.Output())
