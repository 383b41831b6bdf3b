//! The bot itself: the same on Discord and on the simulator.

use polycord::{ClientBuilder, prelude::*};

/// Gives a client its answers.
pub(crate) fn ping_bot(builder: ClientBuilder) -> ClientBuilder {
    builder
        .intents(Intents::default() | Intents::GUILD_MEMBERS | Intents::MESSAGE_CONTENT)
        .on_message_create(|ctx, message| async move {
            if message.content == "!ping" && !message.author.is_bot() {
                ctx.reply(&message, format!("Pong, {}!", name(&ctx, &message)))
                    .await?;
            }
            Ok(())
        })
        .command(
            CreateCommand::chat_input("ping", "Says pong"),
            |ctx, interaction| async move {
                ctx.respond(&interaction, "Pong!").await?;
                Ok(())
            },
        )
}

/// How the author is called in the guild, as far as the cache knows.
fn name(ctx: &Context, message: &MessageCreate) -> String {
    message
        .guild_id
        .and_then(|guild| ctx.cache().member(guild, message.author.id))
        .and_then(|member| member.nick().map(str::to_owned))
        .unwrap_or_else(|| message.author.display_name().to_owned())
}
