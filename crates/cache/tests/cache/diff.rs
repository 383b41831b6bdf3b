//! Which fields are different.

use polycord_cache::{Cache, Change};
use serde_json::{Value, json};

use crate::play::{Play, guild, member, role};

/// Plays an event and gives its field changes.
#[track_caller]
fn fields(play: &mut Play, name: &str, data: Value) -> Vec<(String, Value, Value)> {
    let changes = play.event(name, data);
    let fields = changes.iter().flat_map(Change::diff);
    fields.map(|it| (it.field, it.old, it.new)).collect()
}

fn change(field: &str, old: Value, new: Value) -> (String, Value, Value) {
    (field.to_owned(), old, new)
}

#[test]
fn the_fields_that_differ_are_named_with_old_and_new() {
    let mut play = Play::new(Cache::new());
    assert_eq!(
        fields(&mut play, "GUILD_CREATE", guild(1)),
        [],
        "it came whole"
    );

    let mut renamed = role(150);
    renamed["name"] = json!("helpers");
    renamed["hoist"] = json!(true);
    let got = fields(
        &mut play,
        "GUILD_ROLE_UPDATE",
        json!({"guild_id": "1", "role": renamed}),
    );
    let expected = [
        change("hoist", json!(false), json!(true)),
        change("name", json!("role 150"), json!("helpers")),
    ];
    assert_eq!(got, expected);

    let mut update = member(8);
    update["guild_id"] = json!("1");
    update["nick"] = json!("Ada");
    update["roles"] = json!(["150"]);
    let got = fields(&mut play, "GUILD_MEMBER_UPDATE", update);
    let expected = [
        change("nick", json!(null), json!("Ada")),
        change("roles", json!([]), json!(["150"])),
    ];
    assert_eq!(got, expected);

    let mut other = guild(1);
    other["name"] = json!("another name");
    let got = fields(&mut play, "GUILD_UPDATE", other);
    assert!(
        got.contains(&change("name", json!("guild 1"), json!("another name"))),
        "{got:?}"
    );
    assert!(
        got.iter()
            .all(|(field, old, new)| field != "roles" && old != new),
        "{got:?}"
    );
}

#[test]
fn what_went_as_a_whole_has_no_fields() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let gone = json!({"guild_id": "1", "role_id": "150"});
    assert_eq!(fields(&mut play, "GUILD_ROLE_DELETE", gone), []);
}
