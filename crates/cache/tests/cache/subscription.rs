//! Those who hear what changed, and those who are too slow for it.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use futures_core::Stream;
use polycord_cache::{Cache, Change, Changes, Delta, Lagged, Subscription};
use serde_json::json;

use crate::play::{Play, channel, guild, id};

type Heard = Option<Result<Arc<Changes>, Lagged>>;

fn playing() -> Play {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    play
}

fn rename(play: &mut Play, name: &str) {
    let mut new = channel(100);
    new["guild_id"] = json!("1");
    new["name"] = json!(name);
    play.event("CHANNEL_UPDATE", new);
}

/// The names that the channel got by what was heard.
fn names(heard: &Heard) -> Vec<String> {
    let changes = heard.as_ref().unwrap().as_ref().unwrap();
    let renamed = changes.iter().map(|change| match change {
        Change::Channel(Delta::Updated { new, .. }) => new.name.clone().unwrap().to_string(),
        other => panic!("{other:?}"),
    });
    renamed.collect()
}

fn poll(subscription: &mut Subscription) -> Poll<Heard> {
    subscription.poll_next(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test]
async fn every_subscriber_hears_each_event_that_changed_something_once_and_in_order() {
    let mut play = playing();
    let mut first = play.cache.clone().subscribe(8);
    rename(&mut play, "a");
    let mut second = play.cache.subscribe(8);
    rename(&mut play, "b");
    rename(&mut play, "b");
    rename(&mut play, "c");
    assert_eq!(
        (first.len(), second.len()),
        (3, 2),
        "the same again is none"
    );
    for name in ["a", "b", "c"] {
        assert_eq!(names(&first.next().await), [name]);
    }
    assert_eq!(names(&second.next().await), ["b"]);
    assert_eq!(names(&second.try_next()), ["c"]);
    assert!(first.is_empty() && second.try_next().is_none());
    assert!(poll(&mut first).is_pending() && !first.is_closed());
}

#[test]
fn what_apply_gives_is_what_subscribers_hear() {
    let cache = Cache::new();
    let mut subscription = cache.subscribe(1);
    let mut play = Play::new(cache);
    let given = play.event("GUILD_CREATE", guild(1));
    let heard = subscription.try_next().unwrap().unwrap();
    assert_eq!(heard.iter().cloned().collect::<Vec<_>>(), given);
}

#[test]
fn a_slow_subscriber_loses_the_oldest_and_is_told_how_many_once() {
    let mut play = playing();
    let mut slow = play.cache.subscribe(2);
    for round in 0..10_u8 {
        rename(&mut play, &round.to_string());
    }
    assert_eq!(slow.len(), 2, "no more is kept");
    let lagged = slow.try_next().unwrap().unwrap_err();
    assert_eq!(lagged.missed, 8);
    assert_eq!(
        lagged.to_string(),
        "8 events were missed: read the cache again"
    );
    assert_eq!(names(&slow.try_next()), ["8"]);
    rename(&mut play, "10");
    assert_eq!(names(&slow.try_next()), ["9"], "nothing was lost since");
    assert_eq!(names(&slow.try_next()), ["10"]);
    assert!(slow.try_next().is_none());
}

#[tokio::test]
async fn the_last_handle_of_the_cache_ends_what_is_heard_and_what_waits_comes_first() {
    let mut play = playing();
    let mut subscription = play.cache.subscribe(4);
    rename(&mut play, "a");
    let other = play.cache.clone();
    drop(play);
    assert!(!subscription.is_closed());
    let waiting = tokio::spawn(async move {
        assert_eq!(names(&subscription.next().await), ["a"]);
        let end = subscription.next().await;
        (
            end.is_none(),
            subscription.next().await.is_none(),
            subscription.is_closed(),
        )
    });
    tokio::task::yield_now().await;
    drop(other);
    assert_eq!(waiting.await.unwrap(), (true, true, true));
}

#[test]
fn a_subscription_dropped_frees_what_waited_and_holds_no_cache_alive() {
    let mut play = playing();
    let mut other = play.cache.subscribe(1);
    let subscription = play.cache.subscribe(8);
    rename(&mut play, "a");
    let heard = other.try_next().unwrap().unwrap();
    assert_eq!(Arc::strong_count(&heard), 2, "both have the same");
    drop(subscription);
    assert_eq!(Arc::strong_count(&heard), 1);
    drop(play);
    assert!(other.is_closed());
}

#[tokio::test]
async fn a_next_that_is_given_up_loses_nothing() {
    let mut play = playing();
    let mut subscription = play.cache.subscribe(8);
    let mut context = Context::from_waker(Waker::noop());
    assert!(pin!(subscription.next()).poll(&mut context).is_pending());
    rename(&mut play, "a");
    assert_eq!(names(&subscription.next().await), ["a"]);
}

#[test]
fn a_subscription_is_a_stream() {
    let mut play = playing();
    let mut subscription = play.cache.subscribe(8);
    rename(&mut play, "a");
    drop(play);
    let mut context = Context::from_waker(Waker::noop());
    let mut next = || Stream::poll_next(Pin::new(&mut subscription), &mut context);
    assert!(matches!(next(), Poll::Ready(Some(Ok(_)))));
    assert!(matches!(next(), Poll::Ready(None)));
}

/// Reads the cache, applies to it and subscribes to it right where it is woken, as an executor without a queue would.
struct OnTheSpot {
    cache: Cache,
    subscription: Mutex<Subscription>,
    seen: Mutex<Vec<String>>,
    woken: AtomicUsize,
}

impl Wake for OnTheSpot {
    fn wake(self: Arc<Self>) {
        let round = self.woken.fetch_add(1, Ordering::Relaxed);
        let heard = self.subscription.lock().unwrap().try_next();
        let name = self.cache.channel(id(100)).unwrap().name.clone().unwrap();
        assert_eq!(names(&heard), [name.as_str()], "what is told can be read");
        self.seen.lock().unwrap().push(name.to_string());
        let _second = self.cache.subscribe(1);
        if round < 3 {
            self.listen();
            rename(&mut Play::new(self.cache.clone()), &format!("{name}+"));
        }
    }
}

impl OnTheSpot {
    fn listen(self: &Arc<Self>) {
        let waker = Waker::from(Arc::clone(self));
        let mut context = Context::from_waker(&waker);
        let mut subscription = self.subscription.lock().unwrap();
        assert!(subscription.poll_next(&mut context).is_pending());
    }
}

#[test]
fn t61_a_subscriber_may_read_and_write_the_cache_where_it_is_woken() {
    let mut play = playing();
    let on_the_spot = Arc::new(OnTheSpot {
        cache: play.cache.clone(),
        subscription: Mutex::new(play.cache.subscribe(8)),
        seen: Mutex::default(),
        woken: AtomicUsize::new(0),
    });
    on_the_spot.listen();
    rename(&mut play, "a");
    let seen = on_the_spot.seen.lock().unwrap();
    assert_eq!(*seen, ["a", "a+", "a++", "a+++"]);
}
