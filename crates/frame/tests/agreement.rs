//! A scanned frame is the frame that a JSON parser reads.

#![allow(
    clippy::unwrap_used,
    reason = "clippy knows functions marked as tests, not those that tests are made of"
)]

use polycord_frame::{Keys, members, scan};
use serde_json::{Map, Value};

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let end = u64::try_from(end).unwrap();
        usize::try_from(self.0 % end).unwrap()
    }

    fn text(&mut self) -> String {
        const PARTS: &[&str] = &[
            "op",
            "s",
            "t",
            "d",
            "type",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            ",",
            ":",
            "é",
            "🔥",
            "\n",
            "\\\"",
            "a long run of plain text ",
            "\u{0}",
        ];
        (0..self.below(5))
            .map(|_| PARTS[self.below(PARTS.len())])
            .collect()
    }

    fn key(&mut self) -> String {
        const KEYS: &[&str] = &["op", "s", "t", "d", "type", "data"];
        match KEYS.get(self.below(9)) {
            Some(key) => (*key).to_owned(),
            None => self.text(),
        }
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 5 } else { 7 }) {
            0 => Value::Null,
            1 => Value::from(self.below(2) == 0),
            2 => Value::from(-i64::try_from(self.below(1 << 40)).unwrap()),
            3 => Value::from(f64::from(u32::try_from(self.below(4000)).unwrap()) / 4.0),
            4 => Value::from(self.text()),
            5 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => (0..self.below(5))
                .map(|_| (self.key(), self.value(depth - 1)))
                .collect(),
        }
    }

    fn space(&mut self) -> &'static str {
        ["", "", "", " ", "\n\t", "\r\n  "][self.below(6)]
    }

    /// The members of a frame in any order, with or without any of them, and strangers among them.
    fn frame(&mut self) -> String {
        let mut members = vec![
            ("op", Value::from(self.below(20))),
            ("s", Value::from(self.below(1 << 40))),
            ("t", Value::from(self.text())),
            ("d", self.value(4)),
            ("_trace", self.value(2)),
        ];
        for _ in 0..self.below(3) {
            let at = self.below(members.len());
            if self.below(2) == 0 {
                members.remove(at);
            } else {
                members[at].1 = Value::Null;
            }
        }
        let mut frame = self.space().to_owned() + "{" + self.space();
        while !members.is_empty() {
            let (key, value) = members.swap_remove(self.below(members.len()));
            for part in ["\"", key, "\"", self.space(), ":", self.space()] {
                frame += part;
            }
            frame += &value.to_string();
            frame += self.space();
            if !members.is_empty() {
                frame += ",";
                frame += self.space();
            }
        }
        frame + "}" + self.space()
    }
}

#[test]
fn header_and_payload_are_what_a_parser_reads() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..20_000 {
        let frame = random.frame();
        let parsed: Map<String, Value> = serde_json::from_str(&frame).unwrap();
        let header = scan(&frame, &Keys::DISCORD).expect(&frame);
        assert_eq!(
            header.op,
            parsed.get("op").and_then(Value::as_u64),
            "{frame}"
        );
        assert_eq!(
            header.seq,
            parsed.get("s").and_then(Value::as_u64),
            "{frame}"
        );
        assert_eq!(
            header.kind.as_deref(),
            parsed.get("t").and_then(Value::as_str),
            "{frame}"
        );
        let data = header.data.map(|data| {
            let text = data.text(&frame).expect(&frame);
            assert!(data.tail(&frame).starts_with(text));
            serde_json::from_str::<Value>(text).expect(&frame)
        });
        assert_eq!(data.as_ref(), parsed.get("d"), "{frame}");
    }
}

#[test]
fn members_are_those_a_parser_reads() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..20_000 {
        let object = loop {
            if let Value::Object(object) = random.value(4) {
                break object;
            }
        };
        let text = serde_json::to_string_pretty(&object).unwrap();
        let read: Map<String, Value> = members(&text)
            .map(|member| {
                let (key, value) = member.expect(&text);
                let value = serde_json::from_str(&text[value]).expect(&text);
                (key.into_owned(), value)
            })
            .collect();
        assert_eq!(read, object, "{text}");
    }
}
