package jlocal.formation;

import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/**
 * The name of an instance of a process type: {@code web.1}. Heroku calls an instance a dyno.
 *
 * @param index from 1
 */
public record InstanceName(ProcessType type, int index) implements Comparable<InstanceName> {
  public InstanceName {
    if (index < 1) throw new IllegalArgumentException("instances count from 1: " + index);
  }

  // Written by hand for start-up time, as in ProcessType.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InstanceName that && index == that.index && type.equals(that.type);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + index;
  }

  @Override
  public int compareTo(InstanceName other) {
    int byType = type.compareTo(other.type);
    return byType != 0 ? byType : Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return type.name() + "." + index;
  }
}
