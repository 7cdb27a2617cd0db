// An official client of the Model Context Protocol works a crash to its end by the tools of 'jlocal mcp' alone.
// usage: MCP_SDK=FOLDER node mcp-client.mjs JLOCAL APP, where FOLDER has node_modules with one of
//   npm install @modelcontextprotocol/sdk       (protocols with initialize)
//   npm install @modelcontextprotocol/client    (also 2026-07-28; taken when both are there)
// The app has a web, and a worker that crashes as long as there is no file 'fixed'.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [jlocal, app, wanted] = process.argv.slice(2);
const find = createRequire((process.env.MCP_SDK ?? '.') + '/');
const load = name => import(pathToFileURL(find.resolve(name)));
const modern = wanted !== 'v1' && (() => { try { return find.resolve('@modelcontextprotocol/client'); } catch { return null; } })();
const { Client } = await load(modern ? '@modelcontextprotocol/client' : '@modelcontextprotocol/sdk/client/index.js');
const { StdioClientTransport } = await load(modern ? '@modelcontextprotocol/client/stdio' : '@modelcontextprotocol/sdk/client/stdio.js');

const client = new Client({ name: 'bench', version: '1' }, modern ? { versionNegotiation: { mode: 'auto' } } : {});
await client.connect(new StdioClientTransport({ command: jlocal, args: ['mcp', '--allow-start'], cwd: app, env: process.env }));
const { tools } = await client.listTools();
console.log(`${modern ? 'client 2' : 'sdk 1'}: ${tools.map(it => it.name).join(' ')}`);

async function call(name, args = {}) {
  const begun = performance.now();
  const { content, isError } = await client.callTool({ name, arguments: args });
  const text = content[0].text;
  console.log(`${name} ${JSON.stringify(args)}${isError ? ' failed' : ''}, ${Math.round(performance.now() - begun)} ms, ${Buffer.byteLength(text)} bytes\n  ${text.slice(0, 400).replaceAll('\n', '\n  ')}`);
  return { text, isError };
}
const expect = (truth, what) => { if (!truth) { console.error('not as expected: ' + what); process.exit(1); } };

const before = await call('status');
expect(!before.isError && before.text.includes('"worker.1"'), 'status names worker.1');
const said = await call('logs', { processes: ['worker'], grep: 'missing', count: 5 });
expect(said.text.includes('fixed is missing'), 'the log says why');
writeFileSync(`${app}/fixed`, '');
expect(!(await call('restart', { processes: ['worker'] })).isError, 'it is restarted');
expect((await call('wait', { processes: ['worker'], timeout: 20 })).text.includes('"done"'), 'it is up');
expect((await call('config_names')).text.includes('SECRET'), 'names');
expect((await call('scale', { changes: ['--version'] })).isError, 'no options for models');
await client.close();
console.log('done');
