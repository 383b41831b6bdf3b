//! What a report says where values are looked at twice, left out or kept raw.

// The helper is part of the tests.
#![allow(clippy::unwrap_used)]

use std::fmt::Debug;

use polycord_types::{
    component::Component,
    decode::{self, Decode, DeviationKind, Report},
    interaction::Interaction,
    role::Role,
};

fn report<T: Debug + Decode>(json: &str) -> Report {
    match decode::from_str_reporting::<T>(json) {
        Ok((_, report)) => report,
        Err(error) => panic!("{error}: {json}"),
    }
}

fn deviations(report: &Report) -> Vec<(&str, DeviationKind)> {
    let deviations = report.deviations.iter();
    deviations
        .map(|deviation| (deviation.path.as_str(), deviation.kind))
        .collect()
}

#[test]
fn a_bad_field_in_front_of_a_tag_does_not_lose_what_was_noted_of_the_tag() {
    for json in [
        r#"{"type":"10","id":[],"content":"c"}"#,
        r#"{"id":[],"content":"c","type":"10"}"#,
        r#"{"content":"c","type":"10","id":[]}"#,
    ] {
        let report = report::<Component>(json);
        let mut found = deviations(&report);
        found.sort_by_key(|(path, _)| *path);
        let expected = [
            ("id", DeviationKind::WrongKind),
            ("type", DeviationKind::Converted),
        ];
        assert_eq!(found, expected, "{json}");
    }
}

#[test]
fn what_lies_in_a_value_that_is_kept_raw_is_not_noted_for_itself() {
    let json = r#"{"components":[{"x":1,"custom_id":[],"style":99,"type":"2"},{"x":1,"type":"17"}],"type":"17"}"#;
    let whole = report::<Component>(json);
    assert!(deviations(&whole).contains(&("components[1].type", DeviationKind::Converted)));
    let nested = format!(r#"{{"component":{json},"y":{{"z":1}}}}"#);
    // A label without its tag is nothing: all of it is kept, and only that is noted.
    let kept = report::<Component>(&nested);
    assert_eq!(deviations(&kept), [("type", DeviationKind::Absent)]);
    assert!(kept.unknown_fields.is_empty() && kept.unknown_values.is_empty());
}

#[test]
fn a_bad_key_of_a_map_is_named_and_quoted() {
    let json = r#"{"id":"1","application_id":"2","token":"t","type":3,"data":{"custom_id":"c","component_type":5,
        "resolved":{"users":{"nobody":{"id":"3"},"4":{"id":"4"}}}}}"#;
    let report = report::<Interaction>(json);
    let found = report.deviations.iter();
    let mut bad = found.filter(|deviation| deviation.kind == DeviationKind::BadElement);
    let deviation = bad.next().unwrap();
    assert_eq!(deviation.path, "data.resolved.users.nobody");
    assert!(
        deviation.problem.ends_with(r#"found "nobody""#),
        "{deviation}"
    );
    assert_eq!(deviation.raw.as_ref().unwrap().get(), r#"{"id":"3"}"#);
    assert_eq!(bad.next(), None);
}

#[test]
fn an_unknown_key_of_a_map_is_found_at_its_key() {
    use polycord_types::application_command::CommandChoice;
    let json = r#"{"name":"a","name_localizations":{"de":"b","tlh":"c"},"value":1}"#;
    let report = report::<CommandChoice>(json);
    assert_eq!(report.unknown_values[0].path, "name_localizations.tlh");
}

#[test]
fn of_a_key_of_a_map_that_comes_twice_the_last_counts_even_if_it_is_bad() {
    type Map = std::collections::BTreeMap<u8, u8>;
    for (json, expected) in [
        (r#"{"1":1,"2":2,"1":3}"#, [(1, 3), (2, 2)].as_slice()),
        (r#"{"1":1,"2":2,"1":[]}"#, &[(2, 2)]),
        (r#"{"1":[],"2":2,"1":1}"#, &[(1, 1), (2, 2)]),
    ] {
        let map = decode::from_str::<Map>(json).unwrap();
        assert_eq!(map, expected.iter().copied().collect(), "{json}");
    }
}

#[test]
fn equal_texts_have_equal_reports() {
    let json = r#"{"id":"4","name":["helpers"],"flags":1024,"brand_new":1}"#;
    assert_eq!(report::<Role>(json), report::<Role>(json));
    assert_ne!(report::<Role>(json), report::<Role>(r#"{"id":"4"}"#));
    let other = json.replace("helpers", "helper");
    assert_ne!(report::<Role>(json), report::<Role>(&other));
}

#[test]
fn a_text_of_any_depth_makes_a_short_error() {
    let json = format!(r#"{{"id":"1","x":{}"#, "[".repeat(1_000_000));
    let error = decode::from_str::<Role>(&json).unwrap_err();
    assert_eq!(error.offset(), json.len());
    assert!(error.path().starts_with("x[0][0]"));
    assert!(error.to_string().len() < 1_000);
}

#[test]
fn what_is_kept_raw_survives_half_a_surrogate_pair_and_a_number_out_of_range() {
    let json = r#"{"type":99,"text":"half \ud83d","list":[1,1e999,"\ude00"],"z":1}"#;
    let (component, report) = decode::from_str_reporting::<Component>(json).unwrap();
    let expected = serde_json::json!({
        "type": 99, "text": "half \u{fffd}", "list": [1, "\u{fffd}"], "z": 1
    });
    assert_eq!(component, Component::Unknown(expected));
    let expected = [
        ("text", DeviationKind::Converted),
        ("list[1]", DeviationKind::BadElement),
        ("list[2]", DeviationKind::Converted),
    ];
    assert_eq!(deviations(&report), expected);
}
