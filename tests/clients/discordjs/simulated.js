// Points discord.js at a simulator: its base URL, and nothing else. The gateway's comes from `GET /gateway/bot`.

export const token = process.env.SIMULATOR_TOKEN;
// discord.js adds the version itself.
export const rest = { api: process.env.SIMULATOR_API_URL.replace(/\/v10$/, "") };
