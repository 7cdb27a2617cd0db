package jlocal.app;

import java.nio.channels.WritableByteChannel;
import java.util.function.Consumer;

/**
 * The standard streams of a running app.
 *
 * @param out where the log is written
 * @param err takes a sentence that stdout cannot show; any thread
 */
public record StandardStreams(WritableByteChannel out, Consumer<String> err) {}
