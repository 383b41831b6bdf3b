//! The comparison is fair only if everybody gets the same, can read it, and keeps it.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use polycord_cache_benches::{
    distribution::Distribution,
    mix::Mix,
    peer::{Peer, Settings},
    town::Town,
};
use polycord_types::gateway::{Event, Frame};
use serde_json::Value;

const TOWN: Town = Town {
    distribution: Distribution::Flat,
    seed: 7,
    guilds: 4,
    members: 500,
};

fn frames(distribution: Distribution) -> Vec<String> {
    let town = Town {
        distribution,
        ..TOWN
    };
    let mut mix = Mix::new(town, 1);
    let mut all: Vec<_> = (0..town.guilds)
        .map(|guild| town.guild_create(guild))
        .collect();
    all.extend(mix.take(3_000));
    all.extend((0..100).map(|number| mix.message_in(number)));
    all.push(mix.reaction_to_newest().unwrap());
    all.push(mix.update_of(1, 3));
    all
}

fn data(frame: &str) -> Value {
    let mut frame: Value = serde_json::from_str(frame).unwrap();
    frame["d"].take()
}

fn guilds(town: Town) -> Vec<Value> {
    let guilds = (0..town.guilds).map(|guild| data(&town.guild_create(guild)));
    guilds.collect()
}

/// What is in a list of all guilds.
fn all(guilds: &[Value], key: &str) -> Vec<Value> {
    let of = |guild: &Value| guild[key].as_array().unwrap().clone();
    guilds.iter().flat_map(of).collect()
}

fn near(what: &str, percent: usize, expected: usize) {
    assert!(percent.abs_diff(expected) <= 3, "{what}: {percent} %");
}

#[test]
fn same_frames_in_every_run() {
    for distribution in Distribution::ALL {
        assert!(frames(distribution) == frames(distribution));
    }
    let other = Town { seed: 8, ..TOWN };
    assert_ne!(TOWN.guild_create(0), other.guild_create(0));
}

#[test]
fn nothing_deviates_from_our_models() {
    for text in Distribution::ALL.into_iter().flat_map(frames) {
        let frame = Frame::parse(&text).unwrap();
        let name = frame.name.as_deref().unwrap();
        let (event, report) = Event::decode_reporting(name, frame.data().unwrap()).expect(&text);
        assert!(
            report.deviations.is_empty(),
            "{:?}: {text}",
            report.deviations
        );
        assert!(!matches!(event, Event::Raw(_)), "{text}");
    }
}

#[test]
fn every_cache_keeps_every_member() {
    for peer in Peer::ALL {
        let cache = peer.cache(&Settings::default()).unwrap();
        for guild in 0..TOWN.guilds {
            cache.take(&TOWN.guild_create(guild), Duration::ZERO);
        }
        assert_eq!(cache.members() as u64, TOWN.all_members(), "{peer}");

        let guild = data(&TOWN.guild_create(2));
        let id = guild["id"].as_str().unwrap().parse().unwrap();
        for member in guild["members"].as_array().unwrap() {
            let user = member["user"]["id"].as_str().unwrap().parse().unwrap();
            let roles = member["roles"].as_array().unwrap().len();
            assert_eq!(cache.roles_of(id, user), Some(roles), "{peer} {user}");
        }
    }
}

#[test]
fn every_cache_takes_the_mix() {
    for peer in Peer::ALL {
        let cache = peer.cache(&Settings::default()).unwrap();
        for frame in Distribution::ALL.into_iter().flat_map(frames) {
            cache.take(&frame, Duration::ZERO);
        }
    }
}

#[test]
fn members_are_as_realistic_as_promised() {
    let town = Town {
        guilds: 10,
        members: 1_000,
        ..TOWN
    };
    let guilds = guilds(town);
    let all = |key| all(&guilds, key);
    let members = all("members");
    let percent = |count: usize| count * 100 / members.len();
    let with =
        |has: fn(&Value) -> bool| percent(members.iter().filter(|member| has(member)).count());
    near("nicks", with(|member| !member["nick"].is_null()), 30);
    near(
        "avatars",
        with(|member| !member["user"]["avatar"].is_null()),
        70,
    );
    near("presences", percent(all("presences").len()), 40);
    near("voice states", percent(all("voice_states").len()), 2);

    let users: HashSet<_> = members
        .iter()
        .map(|member| member["user"]["id"].to_string())
        .collect();
    near(
        "in another guild already",
        percent(members.len() - users.len()),
        15,
    );
    assert!(with(|member| !member["nick"].as_str().unwrap_or_default().is_ascii()) >= 8);

    for guild in &guilds {
        let members = guild["members"].as_array().unwrap();
        let ids: HashSet<_> = members
            .iter()
            .map(|member| member["user"]["id"].to_string())
            .collect();
        assert_eq!(ids.len(), 1_000, "nobody is in a guild twice");
        let sets: HashSet<_> = members
            .iter()
            .map(|member| member["roles"].to_string())
            .collect();
        assert!(sets.len() <= 20, "{} sets of roles", sets.len());
        let most = members
            .iter()
            .map(|member| member["roles"].as_array().unwrap().len())
            .max();
        assert!(most <= Some(8));
    }
}

#[test]
fn by_zipfs_law_few_sets_of_roles_are_common_and_names_are_long() {
    let town = Town {
        distribution: Distribution::Zipf,
        guilds: 4,
        members: 2_000,
        ..TOWN
    };
    let guilds = guilds(town);
    let members = all(&guilds, "members");
    let present = all(&guilds, "presences").len();
    near("presences", present * 100 / members.len(), 75);

    let names = members
        .iter()
        .flat_map(|member| [&member["nick"], &member["user"]["global_name"]]);
    let names: Vec<_> = names.filter_map(Value::as_str).collect();
    assert!(names.len() > members.len());
    for name in &names {
        let (bytes, characters) = (name.len(), name.chars().count());
        assert!(bytes > 23 && characters <= 32, "{name}: {bytes} bytes");
    }
    let different: HashSet<_> = names.iter().collect();
    assert!(different.len() * 10 > names.len() * 8);

    for guild in &guilds {
        let mut sets = HashMap::new();
        for member in guild["members"].as_array().unwrap() {
            let roles = member["roles"].as_array().unwrap();
            let different: HashSet<_> = roles.iter().map(Value::as_str).collect();
            assert_eq!(different.len(), roles.len());
            *sets.entry(member["roles"].to_string()).or_insert(0) += 1;
        }
        assert!(sets.len() >= 100, "{} sets of roles", sets.len());
        let mut sizes: Vec<_> = sets.into_values().collect();
        sizes.sort_unstable_by(|one, other| other.cmp(one));
        // The n-th has an n-th of the first, or so.
        assert!((300..600).contains(&sizes[0]), "{sizes:?}");
        assert!(sizes[10] * 5 < sizes[0] && sizes[10] > 20, "{sizes:?}");
    }
}

#[test]
fn who_is_in_two_guilds_is_one_user() {
    let mut known = HashMap::new();
    for guild in 0..TOWN.guilds {
        for member in data(&TOWN.guild_create(guild))["members"]
            .as_array()
            .unwrap()
        {
            let user = member["user"].to_string();
            let id = member["user"]["id"].to_string();
            assert_eq!(*known.entry(id).or_insert_with(|| user.clone()), user);
        }
    }
}

#[test]
fn mix_has_the_size_and_the_shares_of_real_traffic() {
    let frames = Mix::new(TOWN, 1).take(10_000);
    let mean = frames.iter().map(String::len).sum::<usize>() / frames.len();
    assert!((600..=850).contains(&mean), "{mean} bytes a frame");
    for (kind, percent) in [
        ("PRESENCE_UPDATE", 55),
        ("MESSAGE_CREATE", 18),
        ("TYPING_START", 8),
        ("MESSAGE_REACTION_", 6),
        ("GUILD_MEMBER_UPDATE", 4),
        ("VOICE_STATE_UPDATE", 3),
    ] {
        let prefix = format!(r#"{{"t":"{kind}"#);
        let count = frames
            .iter()
            .filter(|frame| frame.starts_with(&prefix))
            .count();
        assert!(
            (count / 100).abs_diff(percent) <= 2,
            "{kind}: {count} of 10,000"
        );
    }
}

#[test]
fn messages_have_5_to_200_characters() {
    let mut mix = Mix::new(TOWN, 1);
    let lengths: Vec<_> = (0..1_000)
        .map(|number| {
            data(&mix.message_in(number))["content"]
                .as_str()
                .unwrap()
                .chars()
                .count()
        })
        .collect();
    assert!(lengths.iter().all(|length| (5..=200).contains(length)));
    assert!(
        lengths.iter().any(|length| *length < 10) && lengths.iter().any(|length| *length > 150)
    );
}
