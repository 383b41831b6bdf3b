use polycord_types::gateway::Frame;
use serde_json::Value;

/// A frame.
///
/// The header is the one that a parser of the whole frame finds, and the data is where it is.
pub fn frame(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    let header = Frame::parse(text);
    if let Ok(header) = &header {
        let _ = (header.data(), header.event());
    }
    let Ok(Value::Object(whole)) = serde_json::from_str::<Value>(text) else {
        return;
    };
    let members: Result<Vec<_>, _> = polycord_frame::members(text).collect();
    let members = members.expect("it is an object");
    if members.len() > whole.len() {
        // Of a key that comes twice, either may count.
        return;
    }
    for (key, value) in members {
        let value = serde_json::from_str::<Value>(&text[value]);
        assert_eq!(value.ok().as_ref(), whole.get(key.as_ref()), "{key}");
    }
    let op = whole.get("op").filter(|op| !op.is_null());
    let Ok(header) = header else {
        let is_number = op.is_none_or(Value::is_u64);
        assert!(!is_number, "an object whose opcode is a number is a frame");
        return;
    };
    let op = op.and_then(Value::as_u64);
    assert_eq!(header.op.map(|op| op.value()), op);
    assert_eq!(header.seq, whole.get("s").and_then(Value::as_u64));
    assert_eq!(
        header.name.as_deref(),
        whole.get("t").and_then(Value::as_str)
    );
    let data = header.data().map(|data| {
        serde_json::from_str::<Value>(data).expect("the data of a document is one itself")
    });
    assert_eq!(data.as_ref(), whole.get("d"));
}
