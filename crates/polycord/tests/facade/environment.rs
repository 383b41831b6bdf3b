//! A bot that names no address runs on the simulator, for the environment says so.
//!
//! A process cannot change its own environment safely, so the bot is this test again, in a process of
//! its own.

use std::{env, process::Stdio, time::Duration};

use polycord::{Client, types::gateway::Intents};
use polycord_simulator::Simulator;
use tokio::time::timeout;

const CHILD: &str = "POLYCORD_TEST_IS_THE_BOT";
const NAME: &str = "environment::a_bot_runs_unchanged_where_the_environment_leads";

#[tokio::test]
async fn a_bot_runs_unchanged_where_the_environment_leads() {
    if env::var_os(CHILD).is_some() {
        return bot().await;
    }
    let sim = Simulator::builder()
        .tls(true)
        .port(0)
        .start()
        .await
        .unwrap();
    let authority = env::temp_dir().join(format!("polycord-ca-{}.pem", std::process::id()));
    std::fs::write(&authority, sim.ca_pem().unwrap()).unwrap();
    let mut bot = std::process::Command::new(env::current_exe().unwrap())
        .args(["--exact", NAME])
        .env(CHILD, "1")
        .env("DISCORD_TOKEN", sim.token())
        .env("POLYCORD_API_URL", sim.api_url())
        .env("POLYCORD_GATEWAY_URL", sim.gateway_url())
        .env("POLYCORD_CA_FILE", &authority)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();

    let answered = timeout(Duration::from_secs(20), async {
        let ready = |journal: &polycord_simulator::Journal| {
            journal
                .iter()
                .any(|entry| entry.to_string().contains("GUILD_CREATE"))
        };
        sim.expect_journal(ready, Duration::from_secs(20))
            .await
            .unwrap();
        let channel = sim.channel("general");
        sim.say(channel, sim.user("ada"), "!ping");
        let pong = |message: &polycord_simulator::Message| message.content == "pong";
        sim.expect_message(channel, pong, Duration::from_secs(10))
            .await
            .unwrap();
    })
    .await;
    let ended = tokio::task::spawn_blocking(move || bot.wait())
        .await
        .unwrap()
        .unwrap();
    std::fs::remove_file(authority).unwrap();

    assert!(answered.is_ok());
    assert!(ended.success());
}

/// Answers one `!ping` and stops.
async fn bot() {
    let bot = Client::from_env()
        .unwrap()
        .intents(Intents::default() | Intents::MESSAGE_CONTENT)
        .on_message_create(|ctx, msg| async move {
            if msg.content == "!ping" {
                ctx.reply(&msg, "pong").await?;
                ctx.client().stop();
            }
            Ok(())
        })
        .build();
    timeout(Duration::from_secs(20), bot.run())
        .await
        .unwrap()
        .unwrap();
}
