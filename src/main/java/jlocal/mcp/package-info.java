/**
 * {@code jlocal mcp}: a server of the Model Context Protocol, by which coding agents look after an
 * app. It knows the protocol and what the tools are called; each tool is a command line, which
 * {@code cli} runs.
 */
@NullMarked
package jlocal.mcp;

import org.jspecify.annotations.NullMarked;
