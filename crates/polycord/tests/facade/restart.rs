//! A bot whose process ends, and another that goes on where it stopped.

use polycord::{
    cache::{Cache, Kind},
    session_points,
    types::{
        application_command::CreateCommand,
        id::{ChannelId, MessageId},
    },
};

use crate::support::{client, ready, registered, simulator, wait_until};

#[tokio::test(start_paused = true)]
async fn the_next_process_goes_on_with_the_cache_and_the_sessions_of_the_last() {
    let sim = simulator(|sim| sim).await;
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    let channel = ChannelId::new(general.get());
    let cache = Cache::new();
    let client_of_old = client(&sim).cache(cache.clone()).build();
    let running = client_of_old.start().await.unwrap();
    let handle = running.handle();
    ready(&handle).await;
    assert!(handle.saved_sessions().is_empty(), "it runs");
    sim.say(general, ada, "before");
    wait_until(|| cache.messages(channel).count() == 1).await;
    running.shutdown().await.unwrap();
    let saved = handle.saved_sessions();
    assert!(!saved.is_empty());

    let mut file = Vec::new();
    let snapshot = cache.snapshot(session_points(&saved));
    snapshot.write_to(&mut file).unwrap();
    let counts = cache.counts();
    sim.say(general, ada, "meanwhile");
    assert_eq!(cache.counts(), counts, "the old one is not told any more");
    drop(cache);

    let cache = Cache::builder().restore(&file[..], &session_points(&saved));
    let cache = cache.unwrap();
    assert_eq!(cache.counts().of(Kind::Guild), counts.of(Kind::Guild));
    let running = client(&sim).cache(cache.clone()).sessions(saved).build();
    let running = running.start().await.unwrap();
    assert!(running.handle().ready().await);
    sim.say(general, ada, "after");
    wait_until(|| cache.messages(channel).count() == 3).await;
    let said = cache
        .messages(channel)
        .map(|message| message.content().to_owned());
    assert_eq!(said.collect::<Vec<_>>(), ["after", "meanwhile", "before"]);
    assert_eq!(cache.gap(channel), None);
    let read = cache.read_state(channel).unwrap();
    assert_eq!((read.unread, read.is_estimate), (3, false));
    assert!(read.newest > Some(MessageId::new(1)));
    let stats = running.stats();
    assert_eq!((stats.resumes, stats.sessions_lost), (1, 0));
    running.shutdown().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn commands_are_registered_by_a_process_that_only_resumes() {
    let sim = simulator(|sim| sim).await;
    let running = client(&sim).build().start().await.unwrap();
    let handle = running.handle();
    assert!(handle.ready().await);
    running.shutdown().await.unwrap();

    let command = CreateCommand::chat_input("ping", "Says pong");
    let bot = client(&sim)
        .sessions(handle.saved_sessions())
        .command(command, |_, _| async { Ok(()) });
    let running = bot.build().start().await.unwrap();
    assert!(running.handle().ready().await);
    registered(&sim).await;
    assert_eq!(running.stats().resumes, 1);
    running.shutdown().await.unwrap();
}
