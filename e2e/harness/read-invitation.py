"""Reads a mail or a calendar with libraries that are not ours, and prints as JSON what they see.

The mail, or with --calendar the calendar, comes by standard input.
"""

import email
import email.policy
import json
import sys

from icalendar import Calendar


def event(calendar):
    """The facts of an event, as the library reads them."""
    address = lambda value: str(value).removeprefix("mailto:")
    parameter = lambda value, name: str(value.params.get(name, ""))
    attendees = calendar.get("ATTENDEE", [])
    return {
        "uid": str(calendar["UID"]),
        "sequence": int(calendar["SEQUENCE"]),
        "starts_at": calendar["DTSTART"].dt.isoformat(),
        "ends_at": calendar["DTEND"].dt.isoformat(),
        "stamped_at": calendar["DTSTAMP"].dt.isoformat(),
        "summary": str(calendar["SUMMARY"]),
        "description": str(calendar.get("DESCRIPTION", "")),
        "location": str(calendar.get("LOCATION", "")),
        "conference": str(calendar.get("CONFERENCE", "")),
        "status": str(calendar["STATUS"]),
        "organizer": address(calendar.get("ORGANIZER", "")),
        "attendees": [
            {
                "email": address(it),
                "name": parameter(it, "CN"),
                "status": parameter(it, "PARTSTAT"),
                "rsvp": parameter(it, "RSVP"),
            }
            for it in (attendees if isinstance(attendees, list) else [attendees])
        ],
    }


def calendar(octets):
    """A calendar, and how its lines are written."""
    lines = octets.split(b"\r\n")
    read = Calendar.from_ical(octets)
    return {
        "method": str(read["METHOD"]),
        "events": [event(it) for it in read.walk("VEVENT")],
        "longest_line": max(len(it) for it in lines),
        "bare_line_ends": sum(it.count(b"\n") + it.count(b"\r") for it in lines),
    }


def mail(octets):
    """A mail and the calendar in it."""
    message = email.message_from_bytes(octets, policy=email.policy.default)
    parts = {it.get_content_type(): it for it in message.walk()}
    beside = parts["text/calendar"]
    return {
        "subject": str(message["Subject"]),
        "id": str(message["Message-ID"]),
        "kind": message.get_content_type(),
        "method": beside.get_param("method"),
        "words": parts["text/plain"].get_content(),
        "page": parts["text/html"].get_content(),
        "file": parts["application/ics"].get_filename(),
        "alike": beside.get_payload(decode=True) == parts["application/ics"].get_payload(decode=True),
        "calendar": calendar(beside.get_payload(decode=True)),
    }


read = calendar if "--calendar" in sys.argv else mail
print(json.dumps(read(sys.stdin.buffer.read())))
