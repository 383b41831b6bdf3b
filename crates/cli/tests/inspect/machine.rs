//! The shape of what `--json` prints. It is documented: who changes it changes the README.

use serde_json::{Value, json};

use crate::program::json;

const MESSAGES: &str = concat!(
    r#"{"op":0,"t":"MESSAGE_CREATE","d":{"id":"3","channel_id":"2","author":{"id":"4"},"pinned":false,"mentions":[{"id":"5","a":1},{"id":"6","a":1}]}}"#,
    "\n",
    r#"{"op":0,"t":"MESSAGE_CREATE","d":{"id":"3","channel_id":"2","author":{"id":"4"},"pinned":"yes"}}"#,
    "\n",
    r#"{"op":0,"t":"MESSAGE_CREATE","d":{"channel_id":"2","author":{"id":"4"}}}"#,
);

#[test]
fn an_object_has_these_fields_and_no_others() {
    let (inputs, _) = json(&[], MESSAGES);
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    for input in &inputs {
        assert_eq!(
            keys(input),
            [
                "deviations",
                "failures",
                "file",
                "kind",
                "line",
                "number",
                "status",
                "type",
                "unknown_fields",
                "unknown_values"
            ]
        );
    }
    assert_eq!(
        inputs[0]["unknown_fields"],
        json!(["d.mentions[0].a", "d.mentions[1].a"])
    );
    let pinned = find(&inputs[1]["deviations"], "d.pinned");
    assert_eq!(keys(pinned), ["kind", "path", "problem"]);
    let failure = find(&inputs[2]["failures"], "d");
    assert_eq!(keys(failure), ["path", "problem"]);
    assert!(
        failure["problem"]
            .as_str()
            .unwrap()
            .contains("identifying field `id`")
    );
    assert_eq!(
        (&inputs[2]["file"], &inputs[2]["line"], &inputs[2]["number"]),
        (&json!("-"), &json!(3), &json!(3))
    );
}

#[test]
fn the_summary_adds_up() {
    let (_, summary) = json(&[], MESSAGES);
    assert_eq!(
        (&summary["inputs"], &summary["failed"]),
        (&json!(3), &json!(1))
    );
    let read = summary["clean"].as_u64().unwrap() + summary["findings"].as_u64().unwrap();
    assert_eq!(read, 2);
    assert_eq!(
        summary["kinds"],
        json!({"MESSAGE_CREATE": {"inputs": 3, "failed": 1}})
    );
    assert_eq!(
        summary["unknown_fields"],
        json!([{"kind": "MESSAGE_CREATE", "path": "d.mentions[].a", "count": 2, "first": {"file": "-", "line": 1}}])
    );
    let pinned = find(&summary["deviations"], "d.pinned");
    assert_eq!(
        (&pinned["count"], &pinned["first"]["line"]),
        (&json!(1), &json!(2))
    );
    assert!(pinned["problem"].is_string() && pinned["deviation"].is_string());
    let failure = find(&summary["failures"], "d");
    assert_eq!(
        (&failure["count"], &failure["first"]["line"]),
        (&json!(1), &json!(3))
    );
    assert_eq!(summary["further"], 0);
}

fn find<'a>(list: &'a Value, path: &str) -> &'a Value {
    list.as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["path"] == path)
        .unwrap_or_else(|| panic!("{path} is not in {list}"))
}
