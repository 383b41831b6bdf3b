use super::*;
use crate::id::{ChannelId, CommandId, EmojiId, GenericId, RoleId, UserId};

/// One of each kind, as text and value.
fn each_kind() -> Vec<(&'static str, Mention<'static>)> {
    let time = Timestamp::from_seconds(1_618_953_630);
    let mut kinds = vec![
        (
            "<@80351110224678912>",
            UserId::new(80_351_110_224_678_912).mention(),
        ),
        (
            "<@&165511591545143296>",
            RoleId::new(165_511_591_545_143_296).mention(),
        ),
        (
            "<#103735883630395392>",
            ChannelId::new(103_735_883_630_395_392).mention(),
        ),
        (
            "<@$1402418491272986635>",
            Mention::GameProfile(GenericId::new(1_402_418_491_272_986_635)),
        ),
        (
            "</airhorn:816437322781949972>",
            CommandId::new(816_437_322_781_949_972).mention("airhorn"),
        ),
        ("</foo bar:1>", CommandId::new(1).mention("foo bar")),
        (
            "</foo group bar:1>",
            CommandId::new(1).mention("foo group bar"),
        ),
        (
            "</échangé-à_l'est:1>",
            CommandId::new(1).mention("échangé-à_l'est"),
        ),
        (
            "<:mmLol:216154654256398347>",
            EmojiId::new(216_154_654_256_398_347).mention("mmLol", false),
        ),
        (
            "<a:b1nzy:392938283556143104>",
            EmojiId::new(392_938_283_556_143_104).mention("b1nzy", true),
        ),
        ("<t:1618953630:d>", time.mention(TimestampStyle::ShortDate)),
        (
            "<t:-1:R>",
            Timestamp::from_seconds(-1).mention(TimestampStyle::RelativeTime),
        ),
        ("@everyone", Mention::Everyone),
        ("@here", Mention::Here),
        (
            "<id:linked-roles:5>",
            Mention::GuildNavigation(GuildNavigation::LinkedRole(RoleId::new(5))),
        ),
    ];
    kinds.extend(
        [
            ("<id:customize>", GuildNavigation::Customize),
            ("<id:browse>", GuildNavigation::Browse),
            ("<id:guide>", GuildNavigation::Guide),
            ("<id:linked-roles>", GuildNavigation::LinkedRoles),
        ]
        .map(|(text, place)| (text, Mention::GuildNavigation(place))),
    );
    kinds
}

#[test]
fn every_kind_is_read_and_written() {
    for (text, mention) in each_kind() {
        assert_eq!(Mention::parse(text), Some(mention), "{text}");
        assert_eq!(mention.to_string(), text);
    }
}

#[test]
fn every_style_has_its_letter() {
    for style in TimestampStyle::ALL {
        let text = format!("<t:5:{style}>");
        let at = Timestamp::from_seconds(5);
        assert_eq!(Mention::parse(&text), Some(at.mention(*style)), "{text}");
    }
    assert_eq!(TimestampStyle::ALL.len(), 9);
}

#[test]
fn other_spellings_are_read() {
    assert_eq!(Mention::parse("<@!8>"), Some(UserId::new(8).mention()));
    let default = Timestamp::from_seconds(5).mention(TimestampStyle::LongDateShortTime);
    assert_eq!(Mention::parse("<t:5>"), Some(default));
}

#[test]
fn what_is_no_mention_is_left_alone() {
    for text in [
        "",
        "<",
        ">",
        "<>",
        "<@>",
        "<@0>",
        "<@x>",
        "<@ 1>",
        "<@1",
        "@1>",
        "<@18446744073709551616>",
        "<@&>",
        "<@!&1>",
        "<#>",
        "<# 1>",
        "</:1>",
        "</a>",
        "</a:>",
        "</a:x>",
        "</a b c d:1>",
        "</a  b:1>",
        "</a.b:1>",
        "<::1>",
        "<:a:>",
        "<:a b:1>",
        "<:é:1>",
        "<b:a:1>",
        "<t:>",
        "<t:x>",
        "<t:+1>",
        "<t:1:>",
        "<t:1:x>",
        "<t:1:RR>",
        "<t:8640000000001>",
        "<t:-9223372036854775808>",
        "<id:>",
        "<id:shop>",
        "<id:linked-roles:>",
        "@Everyone",
        "@every one",
    ] {
        assert_eq!(Mention::parse(text), None, "{text}");
        assert_eq!(Mention::all_in(text).count(), 0, "{text}");
    }
    let long = "a".repeat(33);
    assert_eq!(Mention::parse(&format!("</{long}:1>")), None);
    assert_eq!(Mention::parse(&format!("<:{long}:1>")), None);
    assert_eq!(Mention::parse("<@1> "), None);
}

#[test]
fn mentions_are_found_wherever_they_stand() {
    let fillers = [
        "", " ", "é<", "<@", "<<", ">", "@", "a<t:", "<:x", "🦀</", "\n",
    ];
    for (first, one) in each_kind() {
        for (second, two) in each_kind() {
            for filler in fillers {
                let text = format!("{filler}{first}{filler}{second}{filler}");
                let found: Vec<_> = Mention::all_in(&text).collect();
                let places: Vec<_> = found
                    .iter()
                    .map(|(place, _)| &text[place.clone()])
                    .collect();
                assert_eq!(places, [first, second], "{text}");
                assert_eq!([found[0].1, found[1].1], [one, two], "{text}");
            }
        }
    }
}

#[test]
fn any_text_is_gone_through() {
    let pieces = [
        "<",
        ">",
        "@",
        "#",
        "&",
        "!",
        "$",
        "/",
        ":",
        "a",
        "t",
        "id",
        "1",
        "0",
        "-",
        " ",
        "é",
        "🦀",
        "everyone",
        "here",
        "linked-roles",
        "R",
        "18446744073709551615",
    ];
    let mut seed = 7_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let mut end = 0;
        for (place, mention) in Mention::all_in(&text) {
            assert!(place.start >= end && place.end <= text.len(), "{text}");
            end = place.end;
            assert_eq!(Mention::parse(&text[place]), Some(mention), "{text}");
            // What is written is read again as the same.
            assert_eq!(
                Mention::parse(&mention.to_string()),
                Some(mention),
                "{text}"
            );
        }
    }
}

#[test]
fn a_text_of_marks_takes_no_longer_than_another() {
    // Quadratic search would take minutes.
    let text = "<".repeat(1 << 20) + &"@".repeat(1 << 20) + &"<@".repeat(1 << 20);
    assert_eq!(Mention::all_in(&text).count(), 0);
}
