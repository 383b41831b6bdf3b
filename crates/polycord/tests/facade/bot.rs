//! A bot on the whole stack, in memory and in virtual time.

use std::{future::pending, time::Duration};

use polycord::{
    cache::{Cache, CacheBuilder, Kind, Signal},
    prelude::*,
};
use tokio::time::Instant;

use crate::support::{Count, SOON, client, ready, registered, simulator, wait_until};

#[tokio::test(start_paused = true)]
async fn a_bot_replies_to_a_message() {
    let sim = simulator(|sim| sim).await;
    let running = client(&sim)
        .on_message_create(|ctx, msg| async move {
            if msg.content == "!ping" {
                ctx.reply(&msg, "pong").await?;
            }
            Ok(())
        })
        .build()
        .start()
        .await
        .unwrap();
    ready(&running.handle()).await;

    let channel = sim.channel("general");
    let asked = sim.say(channel, sim.user("ada"), "!ping");
    let reply = sim
        .expect_message(channel, |m| m.content == "pong", SOON)
        .await
        .unwrap();

    assert_eq!(reply.reply_to, Some(asked));
    assert_eq!(running.stats().replies, 1);
    running.shutdown().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_slash_command_is_registered_and_answered() {
    let sim = simulator(|sim| sim).await;
    let others = Count::default();
    let other = others.clone();
    let running = client(&sim)
        .command(
            CreateCommand::chat_input("ping", "Says pong"),
            |ctx, interaction| async move {
                ctx.respond(&interaction, "pong").await?;
                Ok(())
            },
        )
        .command(
            CreateCommand::chat_input("other", "Is not called"),
            move |_, _| {
                other.add();
                async { Ok(()) }
            },
        )
        .build()
        .start()
        .await
        .unwrap();
    ready(&running.handle()).await;
    registered(&sim).await;

    let asked = sim.run_command(sim.channel("general"), sim.user("ada"), "ping", []);
    let response = sim.expect_response(asked).await.unwrap();

    assert_eq!(response.kind, 4);
    assert_eq!(response.message.unwrap().content, "pong");
    wait_until(|| running.stats().commands == 1).await;
    assert_eq!(others.get(), 0);
    running.shutdown().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_answer_may_come_later_and_be_followed_by_others() {
    let sim = simulator(|sim| sim).await;
    let running = client(&sim)
        .on_interaction_create(|ctx, interaction| async move {
            ctx.defer(&interaction).await?;
            tokio::time::sleep(Duration::from_secs(10)).await;
            ctx.edit_response(&interaction, "the answer").await?;
            ctx.follow_up(&interaction, "and another thing").await?;
            Ok(())
        })
        .build()
        .start()
        .await
        .unwrap();
    ready(&running.handle()).await;

    let asked = sim.run_command(sim.channel("general"), sim.user("ada"), "think", []);
    let first = sim.expect_response(asked).await.unwrap();
    assert_eq!(first.kind, 5);
    wait_until(|| running.stats().replies == 2).await;
    let responses = sim.responses();
    assert_eq!(responses.len(), 1);
    assert_eq!(responses[0].message.as_ref().unwrap().content, "the answer");
    assert_eq!(responses[0].followups.len(), 1);
    assert_eq!(responses[0].followups[0].content, "and another thing");
    running.shutdown().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_error_and_a_panic_are_counted_and_the_bot_lives() {
    let sim = simulator(|sim| sim).await;
    let running = client(&sim)
        .on_message_create(|ctx, msg| async move {
            match msg.content.as_str() {
                "fail" => Err("no luck".into()),
                "panic" => panic!("a bug in a handler"),
                "parse" => Ok("seven".parse::<u8>().map(drop)?),
                "alive?" => {
                    ctx.say(msg.channel_id, "alive").await?;
                    Ok(())
                }
                _ => Ok(()),
            }
        })
        .build()
        .start()
        .await
        .unwrap();
    ready(&running.handle()).await;

    let (channel, ada) = (sim.channel("general"), sim.user("ada"));
    for text in ["fail", "panic", "parse", "alive?"] {
        sim.say(channel, ada, text);
    }
    sim.expect_message(channel, |m| m.content == "alive", SOON)
        .await
        .unwrap();

    // The bot's own message is the fifth.
    wait_until(|| running.stats().handler_runs == 5).await;
    let stats = running.stats();
    assert_eq!(
        (stats.handler_errors, stats.handler_panics),
        (2, 1),
        "{stats}"
    );
    assert_eq!(stats.handlers_running, 0);
    running.shutdown().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_handler_sees_its_event_in_the_cache_and_what_it_changed() {
    let sim = simulator(|sim| sim).await;
    let seen = Count::default();
    let counted = seen.clone();
    let running = client(&sim)
        .on_guild_create(move |ctx, guild| {
            let cached = ctx.cache().guild(guild.id).is_some();
            let changed = ctx.changes().is_some_and(|changes| !changes.is_empty());
            let redrawn = ctx.signals().contains(&Signal::GuildsUpdated);
            if cached && changed && redrawn {
                counted.add();
            }
            async { Ok(()) }
        })
        .build()
        .start()
        .await
        .unwrap();
    wait_until(|| seen.get() == 2).await;
    running.shutdown().await.unwrap();
}

struct Greeter(Count);

impl Handler for Greeter {
    async fn message_create(&self, ctx: Context, msg: Arc<MessageCreate>) -> HandlerResult {
        self.0.add();
        if msg.content == "hello" {
            ctx.say(msg.channel_id, "hello to you").await?;
        }
        Ok(())
    }
}

/// Hands everything on, as a layer around a handler would.
struct Layer(Greeter);

impl Handler for Layer {
    async fn message_create(&self, ctx: Context, msg: Arc<MessageCreate>) -> HandlerResult {
        self.0.message_create(ctx, msg).await
    }

    async fn typing_start(&self, ctx: Context, event: Arc<TypingStart>) -> HandlerResult {
        // The inner handler has no such method; this one has, and must go on getting events.
        self.0.typing_start(ctx, event).await?;
        self.0.0.add();
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn a_handler_type_gets_what_it_implements_and_the_rest_is_not_decoded() {
    let sim = simulator(|sim| sim).await;
    let seen = Count::default();
    // Who types is nothing to this cache either: it keeps nobody.
    let cache = [Kind::Typing, Kind::Member, Kind::User]
        .into_iter()
        .fold(Cache::builder(), CacheBuilder::disable)
        .build();
    let running = client(&sim)
        .cache(cache)
        .handler(Greeter(seen.clone()))
        .build()
        .start()
        .await
        .unwrap();
    ready(&running.handle()).await;

    let (channel, ada) = (sim.channel("general"), sim.user("ada"));
    sim.typing(channel, ada);
    wait_until(|| running.stats().events.contains_key("TYPING_START")).await;
    wait_until(|| running.stats().handlers_running == 0).await;
    let decoded = running.stats().decoded;
    for _ in 0..10 {
        sim.typing(channel, ada);
    }
    wait_until(|| running.stats().events["TYPING_START"] == 11).await;
    assert_eq!(running.stats().decoded, decoded);

    sim.say(channel, ada, "hello");
    sim.expect_message(channel, |m| m.content == "hello to you", SOON)
        .await
        .unwrap();
    wait_until(|| seen.get() == 2).await;
    running.shutdown().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_hands_on_to_one_without_the_method_keeps_getting_events() {
    let sim = simulator(|sim| sim).await;
    let seen = Count::default();
    let layer = Layer(Greeter(seen.clone()));
    let running = client(&sim).handler(layer).build().start().await.unwrap();
    ready(&running.handle()).await;

    for n in 1..=3 {
        sim.typing(sim.channel("general"), sim.user("ada"));
        wait_until(|| seen.get() == n).await;
    }
    running.shutdown().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn with_one_handler_at_a_time_events_are_handled_in_order() {
    let sim = simulator(|sim| sim).await;
    let running = client(&sim)
        .max_concurrent_handlers(1)
        .on_message_create(|ctx, msg| async move {
            if let Some(number) = msg.content.strip_prefix('#') {
                // The first takes longest.
                let number: u64 = number.parse()?;
                tokio::time::sleep(Duration::from_millis(100 - 10 * number)).await;
                ctx.say(msg.channel_id, format!("did {number}")).await?;
            }
            Ok(())
        })
        .build()
        .start()
        .await
        .unwrap();
    ready(&running.handle()).await;

    let channel = sim.channel("general");
    for n in 0..5 {
        sim.say(channel, sim.user("ada"), &format!("#{n}"));
    }
    sim.expect_message(channel, |m| m.content == "did 4", SOON)
        .await
        .unwrap();
    let did: Vec<_> = sim
        .messages(channel)
        .into_iter()
        .filter(|m| m.content.starts_with("did"))
        .map(|m| m.content)
        .collect();
    assert_eq!(did, ["did 0", "did 1", "did 2", "did 3", "did 4"]);
    assert!(running.stats().handlers_saturated > 0);
    running.shutdown().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_cut_connection_is_resumed_and_no_message_is_lost() {
    let sim = simulator(|sim| sim).await;
    let running = client(&sim)
        .on_message_create(|ctx, msg| async move {
            if msg.content == "!ping" {
                ctx.reply(
                    &msg,
                    if ctx.is_replayed() {
                        "late pong"
                    } else {
                        "pong"
                    },
                )
                .await?;
            }
            Ok(())
        })
        .build()
        .start()
        .await
        .unwrap();
    ready(&running.handle()).await;

    let channel = sim.channel("general");
    assert!(sim.cut(0));
    sim.say(channel, sim.user("ada"), "!ping");
    sim.expect_message(channel, |m| m.content == "late pong", SOON)
        .await
        .unwrap();

    wait_until(|| running.stats().resumes == 1).await;
    assert_eq!((sim.identifies(), sim.resumes()), (1, 1));
    assert_eq!(running.stats().sessions_lost, 0);
    running.shutdown().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_event_without_a_model_arrives_raw() {
    let sim = simulator(|sim| sim).await;
    let seen = Count::default();
    let counted = seen.clone();
    let running = client(&sim)
        .on_raw(move |_, event| {
            if event.name() == "EVENT_OF_TOMORROW" && event.data().get().contains("42") {
                counted.add();
            }
            async { Ok(()) }
        })
        .build()
        .start()
        .await
        .unwrap();
    ready(&running.handle()).await;

    sim.emit(
        "EVENT_OF_TOMORROW",
        serde_json::json!({ "answer": 42 }),
        None,
    );
    wait_until(|| seen.get() == 1).await;
    running.shutdown().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn every_dispatch_is_shown_once_and_in_order() {
    let sim = simulator(|sim| sim).await;
    let seen = Arc::new(std::sync::Mutex::new(Vec::new()));
    let entries = Arc::clone(&seen);
    let running = client(&sim)
        .on_dispatch(|_| panic!("a bug in another observer"))
        .on_dispatch(move |dispatch| {
            entries
                .lock()
                .unwrap()
                .push((dispatch.session_id().to_owned(), dispatch.seq()));
        })
        .build()
        .start()
        .await
        .unwrap();
    ready(&running.handle()).await;

    let channel = sim.channel("general");
    sim.say(channel, sim.user("ada"), "before");
    assert!(sim.cut(0));
    sim.say(channel, sim.user("ada"), "after");
    let made = || -> Vec<_> {
        sim.sent_dispatches()
            .into_iter()
            .map(|sent| (sent.session, Some(sent.seq)))
            .collect()
    };
    wait_until(|| sim.resumes() == 1 && seen.lock().unwrap().len() >= made().len()).await;
    running.shutdown().await.unwrap();

    let mut seen = seen.lock().unwrap().clone();
    // RESUMED is numbered, and no event that was made before.
    seen.retain(|entry| made().contains(entry));
    assert_eq!(seen, made());
}

#[tokio::test(start_paused = true)]
async fn shutdown_ends_in_5_seconds_even_if_a_handler_never_does() {
    let sim = simulator(|sim| sim).await;
    let client = client(&sim)
        .on_message_create(|_, _| async {
            pending::<()>().await;
            Ok(())
        })
        .build();
    let handle = client.handle();
    let run = tokio::spawn(client.run());
    ready(&handle).await;
    sim.say(sim.channel("general"), sim.user("ada"), "stay");
    wait_until(|| handle.stats().handlers_running == 1).await;

    let before = Instant::now();
    handle.shutdown().await;

    assert!(
        before.elapsed() <= Duration::from_secs(5),
        "{:?}",
        before.elapsed()
    );
    assert!(handle.is_stopped());
    run.await.unwrap().unwrap();
    wait_until(|| handle.stats().handlers_running == 0 && sim.connections() == 0).await;
}

#[tokio::test(start_paused = true)]
async fn shutdown_waits_for_a_handler_that_soon_ends() {
    let sim = simulator(|sim| sim).await;
    let client = client(&sim)
        .on_message_create(|ctx, msg| async move {
            if msg.content == "!slow" {
                tokio::time::sleep(Duration::from_secs(2)).await;
                ctx.reply(&msg, "done").await?;
            }
            Ok(())
        })
        .build();
    let handle = client.handle();
    let run = tokio::spawn(client.run());
    ready(&handle).await;
    let channel = sim.channel("general");
    sim.say(channel, sim.user("ada"), "!slow");
    wait_until(|| handle.stats().handlers_running == 1).await;

    handle.shutdown().await;

    assert!(sim.messages(channel).iter().any(|m| m.content == "done"));
    run.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_running_client_that_is_dropped_stops_with_its_handlers() {
    let sim = simulator(|sim| sim).await;
    let running = client(&sim)
        .on_message_create(|_, _| async {
            pending::<()>().await;
            Ok(())
        })
        .build()
        .start()
        .await
        .unwrap();
    let handle = running.handle();
    ready(&handle).await;
    sim.say(sim.channel("general"), sim.user("ada"), "stay");
    wait_until(|| handle.stats().handlers_running == 1).await;

    drop(running);

    handle.stopped().await;
    wait_until(|| handle.stats().handlers_running == 0 && sim.connections() == 0).await;
}

#[tokio::test(start_paused = true)]
async fn run_until_ends_with_its_future() {
    let sim = simulator(|sim| sim).await;
    let client = client(&sim).build();
    let handle = client.handle();
    client
        .run_until(tokio::time::sleep(Duration::from_secs(20)))
        .await
        .unwrap();
    assert!(handle.is_stopped());
    assert_eq!(handle.cache().counts().of(Kind::Guild), 2);
}

#[tokio::test(start_paused = true)]
async fn ready_comes_when_every_shard_has_its_session() {
    let sim = simulator(|sim| sim.shards(2)).await;
    let running = client(&sim).build().start().await.unwrap();
    let handle = running.handle();
    assert!(handle.ready().await);
    assert_eq!(
        handle
            .shards()
            .iter()
            .filter(|shard| shard.session_id.is_some())
            .count(),
        2
    );
    assert_eq!(sim.identifies(), 2);
    running.shutdown().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn ready_is_false_when_the_client_stops_before() {
    let sim = simulator(|sim| sim).await;
    let client = client(&sim).build();
    let handle = client.handle();
    handle.shutdown().await;
    assert!(!handle.ready().await);
    client.run().await.unwrap();
    assert_eq!(sim.connections_opened(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_handler_can_stop_its_client() {
    let sim = simulator(|sim| sim).await;
    let client = client(&sim)
        .on_ready(|ctx, _| async move {
            ctx.client().stop();
            Ok(())
        })
        .build();
    tokio::time::timeout(SOON, client.run())
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test(start_paused = true)]
async fn t30_a_handler_that_takes_90_s_is_told_while_heartbeats_go_on() {
    let interval = Duration::from_secs(10);
    let sim = simulator(|sim| sim.heartbeat_interval(interval)).await;
    let running = client(&sim)
        .on_message_create(|_, _| async {
            tokio::time::sleep(Duration::from_secs(90)).await;
            Ok(())
        })
        .build()
        .start()
        .await
        .unwrap();
    let handle = running.handle();
    ready(&handle).await;
    sim.say(sim.channel("general"), sim.user("ada"), "take your time");

    let beats = || handle.shards()[0].counters.heartbeats;
    let before = beats();
    tokio::time::sleep(Duration::from_secs(80)).await;
    assert_eq!(handle.stats().handlers_slow, 1);
    assert_eq!(handle.stats().handlers_running, 1);
    assert!(beats() >= before + 7, "{} beats", beats() - before);
    assert_eq!(handle.shards()[0].counters.heartbeats_missed, 0);
    assert_eq!(sim.connections_opened(), 1);
    running.shutdown().await.unwrap();
}
