//! Lists of files that say what each holds.

use serde_json::json;

use crate::program::{file, inspect, json};

#[test]
fn each_file_is_read_as_what_the_index_says() {
    let test = "each_file_is_read_as_what_the_index_says";
    file(
        test,
        "user.json",
        "{\n  \"id\": \"1\",\n  \"username\": \"ann\"\n}\n",
    );
    file(
        test,
        "request.json",
        r#"{"op":8,"d":{"guild_id":"1","query":"","limit":0}}"#,
    );
    file(test, "deleted.json", r#"{"id":"3","channel_id":"2"}"#);
    file(
        test,
        "metadata.json",
        r#"{"uses":0,"max_uses":0,"max_age":0,"temporary":false,"alien":1}"#,
    );
    file(
        test,
        "theme.json",
        r#"{"shared_client_theme":{"base_theme":1},"beside":1}"#,
    );
    file(
        test,
        "guild.json",
        r#"{"id":"1","name":"g","owner":true,"permissions":"8"}"#,
    );
    file(
        test,
        "interaction.json",
        r#"{"type":2,"data":{"id":"3","name":"ping","type":1}}"#,
    );
    let index = json!({"examples": [
        {"file": "user.json", "instance_of": "resources/user#User Structure"},
        {"file": "request.json", "instance_of": "REQUEST_GUILD_MEMBERS", "what": "gateway-payload"},
        {"file": "deleted.json", "instance_of": "MESSAGE_DELETE"},
        {"file": "metadata.json", "instance_of":
            "resources/invite#Invite Structure + resources/invite#Invite Metadata Structure"},
        {"file": "theme.json", "instance_of":
            "{shared_client_theme: resources/message#Shared Client Theme Object Structure}"},
        {"file": "guild.json", "instance_of": "resources/guild#Guild Structure", "what": "partial"},
        {"file": "interaction.json", "what": "partial",
            "instance_of": "interactions/receiving-and-responding#Interaction Structure"}
    ]});
    let index = file(test, "index.json", index.to_string());
    let (inputs, summary) = json(&["--index", index.to_str().unwrap()], "");
    assert_eq!(
        (&summary["inputs"], &summary["failed"]),
        (&json!(7), &json!(0)),
        "{summary}"
    );
    assert_eq!(inputs[1]["kind"], "REQUEST_GUILD_MEMBERS");
    assert_eq!(inputs[2]["kind"], "MESSAGE_DELETE");
    assert_eq!(inputs[3]["unknown_fields"], json!(["alien"]));
    assert_eq!(inputs[4]["unknown_fields"], json!(["beside"]));
    // What a part of an object leaves out is nothing to tell about.
    assert_eq!(
        (&inputs[5]["status"], &inputs[6]["status"]),
        (&json!("clean"), &json!("clean"))
    );
}

#[test]
fn what_is_not_what_the_index_says_has_failed() {
    let test = "what_is_not_what_the_index_says_has_failed";
    file(test, "ack.json", r#"{"op":11}"#);
    file(test, "thing.json", r#"{"a":1}"#);
    let index = json!([
        {"file": "ack.json", "instance_of": "HELLO"},
        {"file": "thing.json", "instance_of": "resources/thing#Thing Structure"},
        {"file": "thing.json", "instance_of": "{b: User}"}
    ]);
    let index = file(test, "index.json", index.to_string());
    let (inputs, _) = json(&["--index", index.to_str().unwrap()], "");
    let problem = |at: usize| inputs[at]["failures"][0]["problem"].as_str().unwrap();
    assert_eq!(problem(0), "expected HELLO");
    assert_eq!(problem(1), "no model stands for it");
    assert_eq!(problem(2), "there is no `b` in it");
}

#[test]
fn a_listed_file_that_is_missing_is_told_and_the_others_are_read() {
    let test = "a_listed_file_that_is_missing_is_told_and_the_others_are_read";
    file(test, "user.json", r#"{"id":"1"}"#);
    let index = json!([{"file": "nope.json", "instance_of": "User"}, {"file": "user.json", "instance_of": "User"}]);
    let index = file(test, "index.json", index.to_string());
    let run = inspect(&["--index", index.to_str().unwrap()], "");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("nope.json: "), "{}", run.err);
    assert!(
        run.out.contains("resources/user#User Structure"),
        "{}",
        run.out
    );
}

#[test]
fn a_bad_index_says_what_is_wrong() {
    let test = "a_bad_index_says_what_is_wrong";
    for (name, text, problem) in [
        ("a.json", "{", "EOF while parsing"),
        ("b.json", "{}", "expected a list of files"),
        (
            "c.json",
            r#"[{"file":"a.json"}]"#,
            "entry 1 lacks `instance_of`",
        ),
    ] {
        let index = file(test, name, text);
        let run = inspect(&["--index", index.to_str().unwrap()], "");
        assert_eq!(run.status, 2);
        assert!(run.err.contains(problem), "{}", run.err);
    }
}
