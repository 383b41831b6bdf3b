//! A bot that cannot run says what to do about it, in one sentence.

use polycord::{
    Client, ErrorKind,
    prelude::*,
    rest::{BoxError, BoxFuture, Bytes, Transport, http},
};

use crate::support::{SOON, client, client_with_token, ready, simulator, wait_until};

async fn failure(client: Client) -> polycord::Error {
    let run = tokio::time::timeout(SOON, client.run());
    run.await
        .expect("it ends by itself")
        .expect_err("it cannot run")
}

#[tokio::test(start_paused = true)]
async fn a_wrong_token_says_where_to_get_the_right_one() {
    let sim = simulator(|sim| sim).await;
    let error = failure(client_with_token(&sim, "MTIz.hunter2.wrong").build()).await;
    assert_eq!(*error.kind(), ErrorKind::WrongToken, "{error:?}");
    let text = error.to_string();
    assert!(
        text.contains("developer portal") && text.contains("DISCORD_TOKEN"),
        "{text}"
    );
    assert!(!format!("{error} {error:?}").contains("hunter2"));
    assert!(!error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn a_disallowed_intent_is_named() {
    let sim = simulator(|sim| sim.disallow_intents(Intents::MESSAGE_CONTENT)).await;
    let error = failure(client(&sim).build()).await;
    let intents = Intents::MESSAGE_CONTENT;
    assert_eq!(
        *error.kind(),
        ErrorKind::DisallowedIntents { intents },
        "{error:?}"
    );
    let text = error.to_string();
    assert!(
        text.contains("MESSAGE_CONTENT") && text.contains("developer portal"),
        "{text}"
    );
}

#[tokio::test]
async fn a_network_that_is_not_there_is_told_with_the_address() {
    // A port that nobody listens on: bound once, and given back.
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let url = format!("http://127.0.0.1:{port}/api/v10");
    let error = failure(Client::builder("token").api_url(&url).build()).await;
    assert_eq!(*error.kind(), ErrorKind::Network, "{error:?}");
    assert!(error.to_string().contains(&url), "{error}");
    assert!(error.to_string().contains("network"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_guild_where_commands_are_not_allowed_is_named() {
    let sim = simulator(|sim| sim).await;
    let elsewhere = GuildId::new(999);
    let client = client(&sim)
        .command(
            CreateCommand::chat_input("ping", "Says pong"),
            |_, _| async { Ok(()) },
        )
        .command_scope(CommandScope::Guilds(vec![elsewhere]))
        .build();
    let error = failure(client).await;
    assert!(
        matches!(error.kind(), ErrorKind::Permission | ErrorKind::Commands),
        "{error:?}"
    );
    assert!(error.to_string().contains("999"), "{error}");
}

#[tokio::test]
async fn an_address_that_is_none_is_told_at_the_start() {
    let error = failure(Client::builder("token").api_url("discord").build()).await;
    assert_eq!(*error.kind(), ErrorKind::Config, "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_reset_while_the_bot_runs_stops_all_shards() {
    let sim = simulator(|sim| sim.shards(2)).await;
    let running = client(&sim).build().start().await.unwrap();
    ready(&running.handle()).await;
    let identifies = sim.identifies();

    assert!(sim.close(1, 4004));
    let end = tokio::time::timeout(SOON, running.wait());
    let error = end.await.expect("it ends by itself").unwrap_err();

    assert_eq!(*error.kind(), ErrorKind::WrongToken, "{error:?}");
    wait_until(|| sim.connections() == 0).await;
    assert_eq!(sim.identifies(), identifies);
}

#[tokio::test(start_paused = true)]
async fn an_intent_taken_from_one_shard_leaves_the_others_running_and_is_told_at_the_end() {
    let sim = simulator(|sim| sim.shards(2)).await;
    let running = client(&sim).build().start().await.unwrap();
    let handle = running.handle();
    ready(&handle).await;

    assert!(sim.close(1, 4014));
    wait_until(|| sim.connections() == 1).await;
    tokio::time::sleep(SOON).await;
    assert!(!handle.is_stopped());
    assert_eq!(sim.connections(), 1);

    let error = running.shutdown().await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::DisallowedIntents { .. }),
        "{error:?}"
    );
}

/// Answers every change of commands with a server error.
struct Troubled(polycord_simulator::Simulator);

impl Transport for Troubled {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<Result<http::Response<Bytes>, BoxError>> {
        let sim = self.0.clone();
        Box::pin(async move {
            if request.method() == http::Method::PUT {
                return Ok(http::Response::builder().status(503).body(Bytes::new())?);
            }
            Ok(sim.handle(request).await)
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_registration_that_waits_to_be_tried_again_does_not_delay_the_end() {
    let sim = simulator(|sim| sim).await;
    let ping = CreateCommand::chat_input("ping", "Says pong");
    let client = client(&sim)
        .transport(Troubled(sim.clone()))
        .command(ping, |_, _| async { Ok(()) })
        .build();
    let running = client.start().await.unwrap();
    ready(&running.handle()).await;
    tokio::time::sleep(SOON).await;
    let begun = tokio::time::Instant::now();
    running.shutdown().await.unwrap();
    assert!(begun.elapsed() < std::time::Duration::from_secs(3));
}
