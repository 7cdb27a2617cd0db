package jlocal.doctor;

/**
 * The result of one check.
 *
 * @param check its name: {@code locale}
 * @param isFine whether nothing has to be done
 * @param todo what to do; empty for nothing
 */
public record Finding(String check, boolean isFine, String found, String todo) {
  static Finding fine(String check, String found) {
    return new Finding(check, true, found, "");
  }

  static Finding wrong(String check, String found, String todo) {
    return new Finding(check, false, found, todo);
  }
}
