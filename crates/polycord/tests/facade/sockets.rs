//! The same over real sockets, encrypted, with a certificate authority of the simulator's own.

use std::time::Duration;

use polycord::Client;
use polycord_simulator::Simulator;

use crate::support::{intents, ready};

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

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_told_and_not_worth_another_try() {
    let sim = Simulator::builder().tls(true).start().await.unwrap();
    let client = Client::builder(sim.token()).api_url(sim.api_url()).build();
    let error = client.run().await.unwrap_err();
    assert!(error.to_string().contains("certificate"), "{error}");
    assert!(!error.is_retryable());
}
