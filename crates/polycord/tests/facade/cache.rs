//! The cache of a client: what time alone brings, in virtual time.

use std::time::Duration;

use polycord::{
    cache::{Cache, Kind, Signal, Subscription},
    types::id::{ChannelId, UserId},
};
use tokio::time::{Instant, timeout};

use crate::support::{SOON, client, ready, simulator, wait_until};

/// Waits for a signal among all that is told; when it came.
async fn heard(subscription: &mut Subscription, wanted: Signal) -> Instant {
    let listening = async {
        while let Some(heard) = subscription.next().await {
            if heard.unwrap().signals().contains(&wanted) {
                return Instant::now();
            }
        }
        panic!("nobody told {wanted:?}");
    };
    timeout(SOON, listening).await.expect("it is told")
}

#[tokio::test(start_paused = true)]
async fn who_stops_typing_is_told_without_an_event() {
    let sim = simulator(|sim| sim).await;
    let cache = Cache::new();
    let running = client(&sim).cache(cache.clone()).build();
    let running = running.start().await.unwrap();
    ready(&running.handle()).await;

    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    let (channel, user) = (ChannelId::new(general.get()), UserId::new(ada.get()));
    let mut subscription = cache.subscribe(64);
    sim.typing(general, ada);
    let began = heard(&mut subscription, Signal::TypingStarted { channel, user }).await;
    assert_eq!(cache.typing(channel), [user]);
    let events = running.stats().events;

    let ended = heard(&mut subscription, Signal::TypingStopped { channel, user }).await;
    let lasted = ended - began;
    assert!(
        (Duration::from_millis(9_900)..Duration::from_millis(10_200)).contains(&lasted),
        "{lasted:?}"
    );
    assert!(cache.typing(channel).is_empty());
    assert_eq!(running.stats().events, events, "nobody said anything");
    running.shutdown().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_expires_is_absent_without_an_event() {
    let sim = simulator(|sim| sim).await;
    let cache = Cache::with_ttl(Duration::from_secs(30));
    let running = client(&sim).cache(cache.clone()).build();
    let running = running.start().await.unwrap();
    ready(&running.handle()).await;

    sim.say(sim.channel("general"), sim.user("ada"), "hello");
    let ada = UserId::new(sim.user("ada").get());
    wait_until(|| cache.user(ada).is_some()).await;
    let events = running.stats().events;
    wait_until(|| cache.user(ada).is_none()).await;
    assert_eq!(running.stats().events, events, "nobody said anything");
    assert!(cache.stats().of(Kind::User).hits > 0);
    running.shutdown().await.unwrap();
}
