//! The same over real sockets, encrypted, with a certificate authority of the simulator's own.

use std::{sync::Mutex, time::Duration};

use polycord::Client;
use polycord_simulator::Simulator;

use crate::support::{intents, ready, wait_until};

#[tokio::test]
async fn a_bot_answers_over_tls_on_two_shards() {
    let sim = Simulator::builder()
        .tls(true)
        .shards(2)
        .max_concurrency(2)
        .start()
        .await
        .unwrap();
    let running = Client::builder(sim.token())
        .intents(intents())
        .api_url(sim.api_url())
        .root_certificates(sim.ca_pem().unwrap())
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
    let handle = running.handle();
    ready(&handle).await;
    assert_eq!(handle.shards().len(), 2);

    let channel = sim.channel("general");
    sim.say(channel, sim.user("ada"), "!ping");
    sim.expect_message(channel, |m| m.content == "pong", Duration::from_secs(10))
        .await
        .unwrap();
    running.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t30_a_handler_that_blocks_its_thread_is_told_while_heartbeats_go_on() {
    let interval = Duration::from_millis(200);
    let sim = Simulator::builder().heartbeat_interval(interval);
    let sim = sim.start().await.unwrap();
    let (entered, blocked) = std::sync::mpsc::channel();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let (entered, released) = (Mutex::new(entered), Mutex::new(released));
    let running = Client::builder(sim.token())
        .intents(intents())
        .api_url(sim.api_url())
        .slow_handler(Duration::from_millis(100))
        .on_message_create(move |_, _| {
            entered.lock().unwrap().send(()).unwrap();
            let _ = released
                .lock()
                .unwrap()
                .recv_timeout(Duration::from_secs(30));
            async { Ok(()) }
        })
        .build()
        .start()
        .await
        .unwrap();
    let handle = running.handle();
    ready(&handle).await;
    sim.say(sim.channel("general"), sim.user("ada"), "block");
    wait_until(|| blocked.try_recv().is_ok()).await;

    let beats = || handle.shards()[0].counters.heartbeats;
    let before = beats();
    wait_until(|| handle.stats().handlers_slow == 1 && beats() >= before + 3).await;
    let stats = handle.stats();
    assert_eq!((stats.handlers_running, stats.handler_runs), (1, 0));
    assert_eq!(handle.shards()[0].counters.heartbeats_missed, 0);
    assert_eq!(sim.connections_opened(), 1);
    release.send(()).unwrap();
    running.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_told_without_waiting() {
    let sim = Simulator::builder().tls(true).start().await.unwrap();
    let client = Client::builder(sim.token()).api_url(sim.api_url()).build();
    let begun = std::time::Instant::now();
    let error = client.run().await.unwrap_err();
    assert!(error.to_string().contains("certificate"), "{error}");
    assert!(!error.is_retryable());
    assert!(
        begun.elapsed() < Duration::from_millis(450),
        "no second attempt"
    );
}
