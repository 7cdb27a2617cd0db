/**
 * {@code jlocal mcp}: a Model Context Protocol server that lets coding agents look after an app. It
 * knows the protocol and the names of the tools; each tool is a command line, which {@code cli}
 * runs.
 */
@NullMarked
package jlocal.mcp;

import org.jspecify.annotations.NullMarked;
