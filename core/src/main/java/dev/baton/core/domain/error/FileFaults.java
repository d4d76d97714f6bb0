package dev.baton.core.domain.error;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says for people what a file system said for programs. */
public final class FileFaults {

  private FileFaults() {}

  /** Why a file can't be used, to follow a colon: without its name, and without names of types. */
  public static String why(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file or directory";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "it is there already";
    }
    if (e instanceof AccessDeniedException) {
      return "this user has no right to";
    }
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8: convert it first";
    }
    String said =
        e instanceof FileSystemException fault && fault.getReason() != null
            ? fault.getReason()
            : e.getMessage();
    if (e instanceof FileNotFoundException && said != null && said.endsWith(")")) {
      // The older classes say "name (why)".
      return said.substring(said.lastIndexOf('(') + 1, said.length() - 1);
    }
    if (said == null || said.isBlank()) {
      return "the system does not say why (" + e.getClass().getSimpleName() + ")";
    }
    return said.contains("Is a directory") ? "it is a directory" : said;
  }
}
