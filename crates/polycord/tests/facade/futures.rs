//! Public futures can be spawned, and public types sent and shared.

use polycord::{
    Client, ClientBuilder, ClientHandle, ClientStats, Context, Error, RunningClient, prelude::*,
};

fn spawnable<F: Future + Send + 'static>(_: F) {}
fn shared<T: Send + Sync + 'static>() {}

/// Compiling is the test.
#[test]
fn public_futures_are_send_and_static() {
    let _ = |client: Client| spawnable(client.run());
    let _ = |client: Client| spawnable(client.start());
    let _ = |client: Client| spawnable(client.run_until(std::future::ready(())));
    let _ = |running: RunningClient| spawnable(running.wait());
    let _ = |running: RunningClient| spawnable(running.shutdown());
    let _ = |handle: ClientHandle| spawnable(async move { handle.shutdown().await });
    let _ = |handle: ClientHandle| spawnable(async move { handle.stopped().await });
    let _ = |ctx: Context, msg: Arc<MessageCreate>| {
        spawnable(async move { ctx.reply(&msg, "text").await.map(drop) });
    };
    let _ = |ctx: Context, channel: ChannelId| {
        spawnable(async move { ctx.say(channel, "text").await.map(drop) });
    };
    let _ = |ctx: Context, interaction: Arc<Interaction>| {
        spawnable(async move {
            ctx.respond(&interaction, "text").await?;
            ctx.defer(&interaction).await?;
            ctx.edit_response(&interaction, "text").await?;
            ctx.follow_up(&interaction, "text").await.map(drop)
        });
    };
}

#[test]
fn public_types_are_send_and_sync() {
    shared::<Client>();
    shared::<ClientBuilder>();
    shared::<ClientHandle>();
    shared::<ClientStats>();
    shared::<Context>();
    shared::<Error>();
    shared::<RunningClient>();
}
