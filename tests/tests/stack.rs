//! The whole stack over sockets: facade, manager, gateway, cache and REST against the simulator.

#![allow(
    clippy::unwrap_used,
    reason = "what panics here is a test that has failed"
)]

use std::{sync::Arc, time::Duration};

use polycord::{Client, ClientBuilder, ErrorKind, prelude::*};
use polycord_gateway::{ShardConfig, StopReason};
use polycord_shard_manager::{
    ErrorKind as ManagerErrorKind, FixedGatewayInfo, ManagerEvent, ShardManager,
};
use polycord_simulator::{EntryKind, Fault, Simulator};
use polycord_tests::connector;
use polycord_types::gateway::{GatewayBot, SessionStartLimit};

const SOON: Duration = Duration::from_secs(10);

/// A bot on the simulator that answers `!ping` and `/ping`.
fn bot(sim: &Simulator) -> ClientBuilder {
    Client::builder(sim.token())
        .intents(Intents::default() | Intents::MESSAGE_CONTENT)
        .api_url(sim.api_url())
        .gateway_url(sim.gateway_url())
        .on_message_create(|ctx, message| async move {
            if message.content == "!ping" {
                ctx.reply(&message, "pong").await?;
            }
            Ok(())
        })
        .command(
            CreateCommand::chat_input("ping", "Says pong"),
            |ctx, interaction| async move {
                ctx.respond(&interaction, "pong").await?;
                Ok(())
            },
        )
}

/// Asks and waits for both answers, over whatever the bot is connected with.
async fn assert_answers(sim: &Simulator) {
    let (channel, ada) = (sim.channel("general"), sim.user("ada"));
    let asked = sim.say(channel, ada, "!ping");
    sim.expect_message(channel, |message| message.reply_to == Some(asked), SOON)
        .await
        .unwrap();
    let interaction = sim.run_command(channel, ada, "ping", []);
    sim.expect_response(interaction).await.unwrap();
}

#[tokio::test]
async fn over_wss_and_https_with_a_private_authority_a_bot_answers_and_resumes() {
    let sim = Simulator::builder()
        .tls(true)
        .shards(2)
        .max_concurrency(2)
        .start()
        .await
        .unwrap();
    assert!(sim.gateway_url().starts_with("wss://"));
    assert!(sim.api_url().starts_with("https://"));
    let client = bot(&sim)
        .root_certificates(sim.ca_pem().unwrap())
        .build()
        .start()
        .await
        .unwrap();
    assert!(client.handle().ready().await);
    assert_answers(&sim).await;
    assert!(sim.cut(0));
    let shard = client.handle().shard(0).unwrap();
    shard
        .wait_for(|status| status.counters.resumed == 1)
        .await
        .unwrap();
    assert_answers(&sim).await;
    assert_eq!((sim.identifies(), sim.resumes()), (2, 1));
    client.shutdown().await.unwrap();
}

#[tokio::test]
async fn an_unknown_authority_is_an_error_that_says_so() {
    let sim = Simulator::builder().tls(true).start().await.unwrap();
    let error = bot(&sim).build().run().await.unwrap_err();
    assert!(error.to_string().contains("certificate"), "{error}");
}

#[tokio::test]
async fn a_wrong_token_is_one_sentence_that_says_what_to_do() {
    let sim = Simulator::start().await.unwrap();
    let error = Client::builder("not the token")
        .api_url(sim.api_url())
        .gateway_url(sim.gateway_url())
        .build()
        .run()
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("token") && text.contains("developer portal"),
        "{text}"
    );
    assert!(!text.contains('\n'), "{text}");
    assert_eq!(sim.identifies(), 0);
}

#[tokio::test]
async fn a_disallowed_intent_is_named() {
    let sim = Simulator::builder()
        .disallow_intents(Intents::MESSAGE_CONTENT)
        .start()
        .await
        .unwrap();
    let error = bot(&sim).build().run().await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("MESSAGE_CONTENT") && text.contains("developer portal"),
        "{text}"
    );
}

#[tokio::test]
async fn no_network_is_one_sentence_that_says_where_it_was_tried() {
    let sim = Simulator::start().await.unwrap();
    let (api, gateway) = (sim.api_url().to_owned(), sim.gateway_url().to_owned());
    sim.shutdown().await;
    let error = Client::builder("token")
        .api_url(&api)
        .gateway_url(&gateway)
        .build()
        .run()
        .await
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Network), "{error:?}");
    assert!(!error.to_string().contains('\n'), "{error}");
}

/// Two shards of one manager, in memory and in virtual time.
async fn fleet(sim: &Simulator) -> ShardManager {
    let dial = Arc::new(connector(sim));
    let info = FixedGatewayInfo(GatewayBot {
        url: sim.gateway_url().into(),
        shards: 2,
        session_start_limit: SessionStartLimit {
            total: 1000,
            remaining: 1000,
            reset_after: 0,
            max_concurrency: 1,
        },
    });
    ShardManager::builder(sim.token(), Intents::default())
        .gateway_info(info)
        .configure(move |config: ShardConfig| {
            let dial = Arc::clone(&dial);
            config.connector(move |target| dial(target))
        })
        .start()
        .await
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn t20_a_token_reset_at_run_time_stops_every_shard_within_a_second() {
    let sim = Simulator::builder()
        .in_memory()
        .shards(2)
        .start()
        .await
        .unwrap();
    let mut manager = fleet(&sim).await;
    while !matches!(manager.next().await, Some(ManagerEvent::AllReady)) {}
    sim.script(1, Fault::CloseOnResume(Some(4004)));
    sim.close(1, 4003);
    let outcome = loop {
        match manager.next().await {
            Some(ManagerEvent::Stopped(outcome)) => break outcome,
            Some(_) => {}
            None => panic!("the stream ended without an outcome"),
        }
    };
    let error = outcome.unwrap_err();
    assert!(
        matches!(
            error.kind(),
            ManagerErrorKind::Stopped {
                reason: StopReason::AuthenticationFailed,
                ..
            }
        ),
        "{error:?}"
    );
    let journal = sim.journal();
    let refused = journal
        .iter()
        .find(|entry| matches!(entry.kind, EntryKind::ServerClosed { code: 4004, .. }))
        .unwrap()
        .at;
    let last = journal
        .iter()
        .filter(|entry| {
            matches!(
                entry.kind,
                EntryKind::ClientClosed { .. } | EntryKind::ClientGone
            )
        })
        .map(|entry| entry.at)
        .max()
        .unwrap();
    assert!(last <= refused + Duration::from_secs(1), "{journal}");
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!(sim.identifies(), 2, "nothing identifies after 4004");
}
