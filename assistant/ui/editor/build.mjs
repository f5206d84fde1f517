// One file, no source map, no address in it: what is committed as dist/editor.js.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { build } from "esbuild";

const sources = ["build.mjs", "package-lock.json", "package.json", ...readdirSync("src").sort().map((name) => `src/${name}`)];
const digest = createHash("sha256");
for (const name of sources) digest.update(name).update("\0").update(readFileSync(name)).update("\0");

const result = await build({
  entryPoints: ["src/main.ts"],
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  write: false,
});
const banner = `/* sources ${digest.digest("hex")} */\n`;
writeFileSync(process.argv[2] ?? "dist/editor.js", banner + result.outputFiles[0].text);
