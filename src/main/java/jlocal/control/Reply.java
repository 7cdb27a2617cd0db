package jlocal.control;

import java.util.List;
import java.util.SequencedMap;

/** What a running app answers. */
public sealed interface Reply {
  /** Which app it is. */
  record Info(AppInfo app) implements Reply {}

  /** How its instances stand, in the order of the Procfile. */
  record Instances(List<InstanceStatus> instances) implements Reply {
    public Instances {
      instances = List.copyOf(instances);
    }
  }

  /** How many there are of each type. */
  record Counts(SequencedMap<String, Integer> counts) implements Reply {}

  /** The order was carried out; sentences say what was done. */
  record Done(List<String> did) implements Reply {
    public Done {
      did = List.copyOf(did);
    }
  }

  /**
   * The order was carried out, but not every instance came up.
   *
   * @param did what was done
   * @param failed what went wrong, and the last lines of those concerned
   * @param crashed whether an instance crashed; else one is only late
   */
  record Failed(List<String> did, List<String> failed, boolean crashed) implements Reply {
    public Failed {
      did = List.copyOf(did);
      failed = List.copyOf(failed);
    }
  }

  /**
   * Nothing was done. In every version of the protocol this has this form.
   *
   * @param why a sentence
   * @param hint what to do about it; empty for nothing
   */
  record Refused(String why, String hint) implements Reply {}

  /** What follows is no more lines of JSON but the text that was asked for. */
  record Streaming() implements Reply {}
}
