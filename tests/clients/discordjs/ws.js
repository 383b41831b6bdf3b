// The parts below discord.js by themselves, with two shards. zlib-sync is not installed: what it falls back to is payload
// compression, `compress` in IDENTIFY.

import { REST } from "@discordjs/rest";
import { CloseCodes, CompressionMethod, WebSocketManager, WebSocketShardEvents } from "@discordjs/ws";
import { GatewayDispatchEvents, GatewayIntentBits, Routes } from "discord.js";
import { rest as options, token } from "./simulated.js";

const rest = new REST(options).setToken(token);
const intents = GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages | GatewayIntentBits.MessageContent;
const manager = new WebSocketManager({ token, rest, intents, shardCount: 2, compression: CompressionMethod.ZlibStream });
const guilds = new Set();

manager.on(WebSocketShardEvents.Debug, (message) => console.log(message.message));
manager.on(WebSocketShardEvents.Dispatch, async ({ data, shardId }) => {
  if (data.t === GatewayDispatchEvents.GuildCreate) {
    guilds.add(`${data.d.name} on shard ${shardId}`);
    const channel = data.d.channels.find((channel) => channel.type === 0);
    if (guilds.size === 2) await rest.post(Routes.channelMessages(channel.id), { body: { content: [...guilds].sort().join(", ") } });
  } else if (data.t === GatewayDispatchEvents.MessageCreate && data.d.content === "!quit") {
    await manager.destroy({ code: CloseCodes.Normal });
  }
});
await manager.connect();
