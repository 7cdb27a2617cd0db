package jlocal.terminal;

import java.util.Collection;
import java.util.List;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;

/**
 * Who is going to write: decides colours and the width of the names before the first line comes.
 *
 * @param types all types of the Procfile, in its order
 * @param width of the widest name, in characters; grows when a wider one begins to write
 */
public record Legend(List<ProcessType> types, int width) {
  public Legend {
    types = List.copyOf(types);
  }

  /** A legend wide enough for these sources. */
  public static Legend of(List<ProcessType> types, Collection<? extends Source> sources) {
    return new Legend(
        types, sources.stream().mapToInt(source -> source.toString().length()).max().orElse(0));
  }
}
