//! Bots, tested as their authors would: `docs/testing.md` quotes from here.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use std::time::Duration;

use polycord::prelude::*;
use polycord_simulator::{Fault, Scenario, Simulator, World};

type Tested = Result<(), Box<dyn std::error::Error>>;

/// Longer than anything takes here. In paused time it costs nothing.
const SOON: Duration = Duration::from_secs(10);

/// A bot under test: as in production, but for its addresses.
fn client(discord: &Simulator) -> ClientBuilder {
    Client::builder(discord.token())
        .intents(Intents::default() | Intents::GUILD_MEMBERS | Intents::MESSAGE_CONTENT)
        .api_url(discord.api_url())
        .gateway_url(discord.gateway_url())
}

/// The same without sockets.
fn client_in_memory(discord: &Simulator) -> ClientBuilder {
    let (gateway, rest) = (discord.clone(), discord.clone());
    client(discord)
        .connector(move |_| {
            let stream = gateway.connect();
            async move { Ok(stream) }
        })
        .transport(move |request| {
            let rest = rest.clone();
            async move { Ok(rest.handle(request).await) }
        })
}

/// Answers `!ping`.
fn ponger(client: ClientBuilder) -> Client {
    let client = client.on_message_create(|ctx, message| async move {
        if message.content == "!ping" {
            ctx.reply(&message, "Pong!").await?;
        }
        Ok(())
    });
    client.build()
}

/// Welcomes whoever joins, where the guild has its system messages.
fn greeter(client: ClientBuilder) -> Client {
    let client = client.on_guild_member_add(|ctx, joined| async move {
        let guild = ctx.rest().guild(joined.guild_id).await?;
        if let (Some(channel), Some(user)) = (guild.system_channel_id, &joined.member.user) {
            ctx.say(channel, format!("Welcome, <@{}>!", user.id))
                .await?;
        }
        Ok(())
    });
    client.build()
}

#[tokio::test(start_paused = true)]
async fn whoever_joins_is_welcomed() -> Tested {
    let discord = Simulator::start().await?;
    let bot = greeter(client(&discord)).start().await?;
    bot.handle().ready().await;

    let zoe = discord.join(discord.guild("polycord"), "zoe");

    let welcome = format!("Welcome, <@{zoe}>!");
    let general = discord.channel("general");
    let seen = discord.expect_message(general, |it| it.content == welcome, SOON);
    seen.await?;
    bot.shutdown().await?;
    Ok(())
}

/// Deletes what names the forbidden fruit, and times its author out for a minute.
fn moderator(client: ClientBuilder) -> Client {
    let client = client.on_message_create(|ctx, message| async move {
        let Some(guild) = message
            .guild_id
            .filter(|_| message.content.contains("durian"))
        else {
            return Ok(());
        };
        ctx.rest()
            .delete_message(message.channel_id, message.id)
            .await?;
        let until = Timestamp::from_millis(message.timestamp.as_millis() + 60_000);
        let silence = ModifyMember::new().communication_disabled_until(until);
        ctx.rest()
            .modify_member(guild, message.author.id, &silence)
            .await?;
        Ok(())
    });
    client.build()
}

#[tokio::test(start_paused = true)]
async fn a_bad_word_is_deleted_and_its_author_timed_out() -> Tested {
    let world = World::new().guild("tea house", |it| it.channel("general").member("ada"));
    let discord = Simulator::builder().world(world).start().await?;
    let bot = moderator(client(&discord)).start().await?;
    bot.handle().ready().await;
    let (guild, general) = (discord.guild("tea house"), discord.channel("general"));
    let ada = discord.user("ada");

    let said = discord.say(general, ada, "I like durian");

    let gone = |it: &Simulator| it.message(general, said).is_none();
    discord
        .expect_that("the message is deleted", gone, SOON)
        .await?;
    let silent = |it: &Simulator| it.member(guild, ada).is_some_and(|it| it.timed_out);
    discord
        .expect_that("ada is timed out", silent, SOON)
        .await?;
    bot.shutdown().await?;
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_moderator_without_the_permission_is_refused() -> Tested {
    let may = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    let world = World::new().guild("tea house", |it| {
        it.channel("general").member("ada").bot_permissions(may)
    });
    let discord = Simulator::builder().world(world).start().await?;
    let bot = moderator(client(&discord)).start().await?;
    bot.handle().ready().await;
    let general = discord.channel("general");

    let said = discord.say(general, discord.user("ada"), "I like durian");

    let gone = |it: &Simulator| it.message(general, said).is_none();
    let told = discord
        .expect_that("the message is deleted", gone, SOON)
        .await
        .unwrap_err();
    let refused = format!(
        "it was refused DELETE /api/v10/channels/{general}/messages/{said}: 403 50013 Missing Permissions"
    );
    assert!(told.to_string().contains(&refused), "{told}");
    bot.shutdown().await?;
    Ok(())
}

/// Gives the role to whoever reacts with tea.
fn tea_host(client: ClientBuilder, role: RoleId) -> Client {
    let client = client
        .on_message_create(|ctx, message| async move {
            if message.content == "!tea" {
                let asked = ctx.say(message.channel_id, "Tea?").await?;
                ctx.rest()
                    .create_reaction(asked.channel_id, asked.id, "🍵")
                    .await?;
            }
            Ok(())
        })
        .on_message_reaction_add(move |ctx, reaction| async move {
            let own = reaction.message_author_id == Some(reaction.user_id);
            if let (Some(guild), false) = (reaction.guild_id, own) {
                ctx.rest()
                    .add_member_role(guild, reaction.user_id, role)
                    .await?;
            }
            Ok(())
        });
    client.build()
}

#[tokio::test(start_paused = true)]
async fn who_reacts_gets_the_role() -> Tested {
    let world = World::new().guild("tea house", |it| {
        it.channel("roles").role("green").member("ada")
    });
    let discord = Simulator::builder().world(world).start().await?;
    let (guild, roles) = (discord.guild("tea house"), discord.channel("roles"));
    let (ada, green) = (discord.user("ada"), discord.role("green"));
    let bot = tea_host(client(&discord), green).start().await?;
    bot.handle().ready().await;

    discord.say(roles, discord.user("owner"), "!tea");
    let asked = discord
        .expect_message(roles, |it| it.content == "Tea?", SOON)
        .await?;
    discord.react(roles, asked.id, ada, "🍵");

    let green = |it: &Simulator| {
        it.member(guild, ada)
            .is_some_and(|it| it.roles.contains(&green))
    };
    discord.expect_that("ada is green", green, SOON).await?;
    bot.shutdown().await?;
    Ok(())
}

/// A command with a button that shows a form.
fn clerk(client: ClientBuilder) -> Client {
    let command = CreateCommand::chat_input("feedback", "Asks for a word");
    let client = client
        .command(command, |ctx, interaction| async move {
            let row = ActionRow::new([Button::primary("write", "Write")]);
            let answer = ResponseMessage::new("How is the tea?").component(row);
            ctx.respond(&interaction, answer).await?;
            Ok(())
        })
        .on_interaction_create(|ctx, interaction| async move {
            if interaction.component().is_some() {
                let words = Label::new("Your words", TextInput::paragraph("words"));
                let form = Modal::new("form", "Feedback").component(words);
                ctx.respond(&interaction, form).await?;
            } else if let Some(words) = interaction.modal().and_then(|it| it.text("words")) {
                ctx.respond(&interaction, format!("Noted: {words}")).await?;
            }
            Ok(())
        });
    client.build()
}

#[tokio::test(start_paused = true)]
async fn a_command_leads_to_a_button_and_the_button_to_a_form() -> Tested {
    let discord = Simulator::start().await?;
    let bot = clerk(client(&discord)).start().await?;
    let (general, ada) = (discord.channel("general"), discord.user("ada"));
    discord.expect_command("feedback", SOON).await?;

    let asked = discord.run_command(general, ada, "feedback", []);
    let shown = discord.expect_response(asked).await?.message.unwrap();
    let pressed = discord.press(general, shown.id, ada, "write");
    discord.expect_response(pressed).await?;
    let sent = discord.submit_modal(pressed, [("words", "very green")]);
    let answer = discord.expect_response(sent).await?.message.unwrap();

    assert_eq!(answer.content, "Noted: very green");
    bot.shutdown().await?;
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn what_is_said_while_the_bot_is_away_is_answered() -> Tested {
    let discord = Simulator::builder().in_memory().start().await?;
    let bot = ponger(client_in_memory(&discord)).start().await?;
    bot.handle().ready().await;
    let (general, ada) = (discord.channel("general"), discord.user("ada"));

    discord.play(0, Scenario::T05NobodyAnswersFor38Minutes);
    let asked = discord.say(general, ada, "!ping");

    let hour = Duration::from_secs(3_600);
    let answer = discord
        .expect_message(general, |it| it.content == "Pong!", hour)
        .await?;
    assert_eq!(answer.reply_to, Some(asked));
    assert_eq!(discord.identifies(), 1);
    bot.shutdown().await?;
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn an_outage_of_its_guild_and_a_cut_do_not_end_the_bot() -> Tested {
    let discord = Simulator::start().await?;
    let bot = ponger(client(&discord)).start().await?;
    bot.handle().ready().await;
    let (general, ada) = (discord.channel("general"), discord.user("ada"));

    discord.play(0, Scenario::T49Outage);
    discord.script(0, Fault::HttpStatus(503).times(2));
    discord.cut(0);
    tokio::time::sleep(Duration::from_secs(120)).await;
    discord.say(general, ada, "!ping");

    let answered = discord.expect_message(general, |it| it.content == "Pong!", SOON);
    answered.await?;
    assert_eq!((discord.identifies(), discord.resumes()), (1, 1));
    bot.shutdown().await?;
    Ok(())
}

/// Without the space that a line begins with.
fn flush_left(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
    lines.join("\n")
}

#[test]
fn the_page_shows_what_is_tested_here() {
    let (page, tested) = (
        include_str!("../../docs/testing.md"),
        include_str!("bots.rs"),
    );
    let tested = flush_left(tested);
    let blocks = page.split("```rust\n").skip(1);
    let blocks: Vec<&str> = blocks.filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() >= 5, "there are {}", blocks.len());
    for block in blocks {
        assert!(tested.contains(&flush_left(block)), "not tested:\n{block}");
    }
}
