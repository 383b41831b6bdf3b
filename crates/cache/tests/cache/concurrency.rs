//! Readers in tasks of their own, while the world goes on.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use polycord_cache::{Cache, CachedChannel, CachedGuild, CachedMember, Change, Delta};
use serde_json::json;
use tokio::sync::Barrier;
use tokio::task::yield_now;

use crate::play::{Play, channel, guild, id, user};

const UPDATES: usize = 10_000;
const READERS: usize = 4;

/// What a reader holds of the guild.
#[derive(PartialEq)]
struct Held {
    guild: CachedGuild,
    member: CachedMember,
    channels: Vec<CachedChannel>,
}

impl Held {
    fn of(cache: &Cache) -> Self {
        Self {
            guild: cache.guild(id(1)).unwrap(),
            member: cache.member(id(1), id(7)).unwrap(),
            channels: cache.guild_channels(id(1)).collect(),
        }
    }

    /// All that can be seen of it.
    fn seen(&self) -> String {
        format!("{:?} {:?} {:?}", self.guild, self.member, self.channels)
    }
}

/// One of four events in turn, each of which is another than all before.
fn update(play: &mut Play, round: usize) {
    let name = format!("round {round}");
    match round % 4 {
        0 | 1 => {
            let mut new = channel(100 + round as u64 % 4);
            new["guild_id"] = json!("1");
            new["name"] = json!(name);
            play.event("CHANNEL_UPDATE", new);
        }
        2 => {
            let new = json!({"guild_id": "1", "user": user(7), "roles": [], "nick": name});
            play.event("GUILD_MEMBER_UPDATE", new);
        }
        _ => {
            let mut new = guild(1);
            new["name"] = json!(name);
            play.event("GUILD_UPDATE", new);
        }
    }
}

/// The number of the update that made a change.
fn round(change: &Change) -> usize {
    let name = match change {
        Change::Channel(Delta::Updated { new, .. }) => new.name.clone().unwrap().to_string(),
        Change::Member(Delta::Updated { new, .. }) => new.nick().unwrap().to_owned(),
        Change::GuildUpdated { new, .. } => new.name().to_owned(),
        other => panic!("{other:?}"),
    };
    name.strip_prefix("round ").unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t61_what_readers_hold_over_awaits_stays_as_it_was_through_ten_thousand_updates() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let done = Arc::new(AtomicUsize::new(0));
    let all_hold_something = Arc::new(Barrier::new(READERS + 1));

    let mut readers = Vec::new();
    for _ in 0..READERS {
        let (cache, done) = (play.cache.clone(), Arc::clone(&done));
        let all_hold_something = Arc::clone(&all_hold_something);
        readers.push(tokio::spawn(async move {
            let mut held = Held::of(&cache);
            let mut seen = held.seen();
            all_hold_something.wait().await;
            let mut moved = 0;
            loop {
                let is_done = done.load(Ordering::Acquire) == UPDATES;
                yield_now().await;
                let next = Held::of(&cache);
                if next != held {
                    assert_eq!(held.seen(), seen, "it changed in the reader's hands");
                    moved += 1;
                    seen = next.seen();
                    held = next;
                }
                if is_done {
                    return (moved, seen);
                }
            }
        }));
    }

    let mut subscription = play.cache.subscribe(UPDATES);
    let listener = tokio::spawn(async move {
        let mut rounds = Vec::new();
        while let Some(heard) = subscription.next().await {
            let changes = heard.expect("everything fits");
            rounds.extend(changes.iter().map(round));
        }
        rounds
    });

    all_hold_something.wait().await;
    for number in 0..UPDATES {
        update(&mut play, number);
        done.store(number + 1, Ordering::Release);
        if number % 16 == 0 {
            yield_now().await;
        }
    }
    let last = Held::of(&play.cache).seen();
    for reader in readers {
        let (moved, seen) = reader.await.unwrap();
        assert!(moved > 0, "the world went on while it held something");
        assert_eq!(seen, last);
    }
    drop(play);
    let rounds = listener.await.unwrap();
    assert_eq!(rounds, (0..UPDATES).collect::<Vec<_>>());
}

#[test]
fn t61_what_readers_and_subscribers_get_can_go_to_any_task() {
    const fn free<T: Send + Sync + Unpin + 'static>() {}
    free::<Held>();
    free::<polycord_cache::Subscription>();
    free::<polycord_cache::Lagged>();
    free::<Arc<polycord_cache::Changes>>();
    free::<Change>();
}

/// The signatures of all public methods of the cache, as they stand in the source: for each, its name and what it
/// gives.
fn methods_of_the_cache(source: &str) -> Vec<(String, String)> {
    let mut methods = Vec::new();
    let mut end = None;
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start().len();
        if line.trim() == "impl Cache {" {
            end = Some(indent);
        } else if line.trim() == "}" && end == Some(indent) {
            end = None;
        } else if end.is_some() && line.trim().starts_with("pub ") && line.contains("fn ") {
            let mut signature = line.trim().to_owned();
            while !signature.ends_with('{') {
                signature += lines.next().unwrap().trim();
            }
            let name = signature.split_once("fn ").unwrap().1;
            let name = name.split(['(', '<']).next().unwrap().to_owned();
            let given = signature.rsplit_once("->").map_or("", |(_, given)| given);
            methods.push((name, given.trim_end_matches('{').trim().to_owned()));
        }
    }
    methods
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Also of methods that nobody thought of when the other tests were written.
#[test]
fn t61_no_method_of_the_cache_gives_something_borrowed() {
    let mut files = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let sources = files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap());
    let methods: Vec<_> = sources.flat_map(|it| methods_of_the_cache(&it)).collect();
    let is_there = |name: &str| methods.iter().any(|(method, _)| method == name);
    assert!(is_there("apply") && is_there("member_roles") && is_there("subscribe"));
    for (name, given) in &methods {
        let is_borrowed = given.contains(['&', '\'']) && !given.contains("&'static");
        let is_free = !given.contains("impl ") || given.contains("use<");
        assert!(!is_borrowed && is_free, "{name} gives {given}");
    }
}
