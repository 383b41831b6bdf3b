#!/usr/bin/env python3
"""Which fields Discord documents, in a text that tests read.

    fields.py FOLDER > fields.txt

FOLDER holds the facts as data: discord-structures.json and discord-gateway-events.json. A line without
indent names a structure, or an event (`@`) with its structures. Below a structure stand its fields: `!` for
those that are always there, `?` for the optional, `-` where null may stand, and the structure of the
field's value or of each of its items. Optional fields without a structure are left out: nothing can be
said of them.
"""
import json
import pathlib
import re
import sys

folder = pathlib.Path(sys.argv[1])
structures = json.loads((folder / "discord-structures.json").read_text())
events = json.loads((folder / "discord-gateway-events.json").read_text())["receive"]

# What is asked for over REST, beside what events are made of.
roots = [
    "resources/application#Application Structure",
    "resources/user#User Structure",
    "resources/guild#Guild Structure",
    "resources/guild#Guild Member Structure",
    "resources/guild#Ban Structure",
    "resources/channel#Channel Structure",
    "resources/message#Message Structure",
    "resources/emoji#Emoji Structure",
    "resources/sticker#Sticker Structure",
    "resources/soundboard#Soundboard Sound Structure",
    "resources/invite#Invite Structure",
    "resources/webhook#Webhook Structure",
    "resources/stage-instance#Stage Instance Structure",
    "resources/guild-scheduled-event#Guild Scheduled Event Structure",
    "resources/auto-moderation#Auto Moderation Rule Structure",
    "resources/voice#Voice Region Structure",
    "resources/voice#Voice State Structure",
    "topics/permissions#Role Structure",
]


def parts(event):
    payload = event["payload"]
    payload = payload.get("one_of", [payload])[0]
    omitted = set(payload.get("omit", []))
    return [payload[key] for key in ("base", "extra") if key in payload], omitted


def target(ty):
    found = re.fullmatch(r"(?:array<)?ref:([^<>]+?)>?", ty)
    return found[1] if found and structures.get(found[1], {}).get("fields") else None


seen, queue = set(), list(roots)
for event in sorted(events, key=lambda event: event["name"]):
    names, omitted = parts(event)
    if event["dispatch"] and names:
        line = [f"@{event['name']}", *names]
        print("\t".join(line + [f"-{name}" for name in sorted(omitted)]))
        queue += names
while queue:
    name = queue.pop()
    if name in seen:
        continue
    seen.add(name)
    queue += filter(None, (target(field["ty"]) for field in structures[name]["fields"]))
for name in sorted(seen):
    print(name)
    for field in structures[name]["fields"]:
        inner = target(field["ty"])
        if field["optional"] and not inner:
            continue
        mark = ("?" if field["optional"] else "!") + ("-" if field["nullable"] else "")
        print("\t" + "\t".join(filter(None, [mark, field["name"], inner])))
