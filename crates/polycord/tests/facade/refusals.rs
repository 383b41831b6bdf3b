//! A bot that cannot run says what to do about it, in one sentence.

use polycord::{Client, ErrorKind, prelude::*};

use crate::support::{SOON, client, client_with_token, simulator};

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
