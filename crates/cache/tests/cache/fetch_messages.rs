//! Messages that are fetched or written by hand.

use std::convert::Infallible;
use std::sync::Arc;

use polycord_cache::{Cache, CachedMessage, FetchExt};
use polycord_types::{decode::from_str, message::Message};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, yield_now};

use crate::play::{Play, guild, id, secs, user};

fn message(id: u64, content: &str) -> Value {
    json!({"id": id.to_string(), "channel_id": "100", "author": user(9), "content": content,
        "timestamp": "2026-01-01T00:00:00.000000+00:00", "type": 0, "mentions": []})
}

fn model(message: &Value) -> Message {
    from_str(&message.to_string()).unwrap()
}

fn playing() -> Play {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    play
}

fn content(play: &Play, message: u64) -> Option<String> {
    let message = play.cache.message(id(100), id(message))?;
    Some(message.content().to_owned())
}

type Asker = JoinHandle<Result<Option<CachedMessage>, Arc<Infallible>>>;

async fn asks(cache: &Cache) -> (oneshot::Sender<Option<Message>>, Asker) {
    let (answer, given) = oneshot::channel();
    let cache = cache.clone();
    let asker = tokio::spawn(async move {
        let fetch = || async { Ok(given.await.unwrap()) };
        cache.message_or_fetch(id(100), id(500), fetch).await
    });
    yield_now().await;
    (answer, asker)
}

#[tokio::test]
async fn a_message_is_fetched_and_kept_and_counts_as_nothing_unread() {
    let play = playing();
    let (answer, asker) = asks(&play.cache).await;
    answer.send(Some(model(&message(500, "old")))).unwrap();
    let got = asker.await.unwrap().unwrap().unwrap();
    assert_eq!((got.content(), got.guild_id()), ("old", Some(id(1))));
    assert_eq!(content(&play, 500).as_deref(), Some("old"));
    assert!(play.user(9).is_some(), "who wrote it");
    assert!(
        play.cache
            .read_state(id(100))
            .is_none_or(|state| state.unread == 0)
    );
}

#[tokio::test]
async fn a_message_deleted_while_it_was_fetched_does_not_come_back() {
    let deleted = json!({"guild_id": "1", "channel_id": "100", "id": "500"});
    let bulk = json!({"guild_id": "1", "channel_id": "100", "ids": ["499", "500"]});
    let channel = json!({"guild_id": "1", "id": "100", "type": 0});
    for (event, data) in [
        ("MESSAGE_DELETE", deleted),
        ("MESSAGE_DELETE_BULK", bulk),
        ("CHANNEL_DELETE", channel),
    ] {
        let mut play = playing();
        let (answer, asker) = asks(&play.cache).await;
        play.event(event, data);
        answer.send(Some(model(&message(500, "ghost")))).unwrap();
        assert_eq!(asker.await.unwrap().unwrap(), None, "{event}");
        assert_eq!(content(&play, 500), None, "{event}");
    }
}

#[tokio::test]
async fn a_message_that_was_changed_while_it_was_fetched_is_given_and_not_kept() {
    let mut edited = message(500, "new");
    edited["guild_id"] = json!("1");
    let reaction = json!({"guild_id": "1", "channel_id": "100", "message_id": "500", "user_id": "7",
        "emoji": {"id": null, "name": "a"}, "burst": false, "type": 0});
    for (event, data) in [
        ("MESSAGE_UPDATE", edited),
        ("MESSAGE_REACTION_ADD", reaction),
    ] {
        let mut play = playing();
        let (answer, asker) = asks(&play.cache).await;
        play.event(event, data);
        answer.send(Some(model(&message(500, "old")))).unwrap();
        assert!(asker.await.unwrap().unwrap().is_some());
        assert_eq!(content(&play, 500), None, "{event}: it may be older");
    }
}

#[test]
fn a_message_written_by_hand_tells_reactions_as_they_are() {
    let mut play = playing();
    let mut new = message(500, "a");
    new["guild_id"] = json!("1");
    play.event("MESSAGE_CREATE", new.clone());
    new["reactions"] = json!([{"count": 3, "me": true, "emoji": {"id": null, "name": "a"},
        "count_details": {"burst": 0, "normal": 3}, "me_burst": false, "burst_colors": []}]);
    let changes = play.cache.insert_message(&model(&new), secs(1));
    assert_eq!(changes.len(), 1);
    assert!(play.cache.insert_message(&model(&new), secs(1)).is_empty());
    let known = play.cache.message(id(100), id(500)).unwrap();
    let reactions = known.to_message(&play.cache).reactions.unwrap();
    assert_eq!((reactions[0].count, reactions[0].me), (3, true));
    let mut elsewhere = message(501, "a");
    elsewhere["channel_id"] = json!("999");
    let unknown = play.cache.insert_message(&model(&elsewhere), secs(1));
    assert!(unknown.is_empty(), "a channel nobody knows");
}
