package dev.leat.cli;

import dev.leat.mill.QuarantineDesk;
import dev.leat.server.QuarantineActions;
import java.util.List;

/** Gives what the server is asked to do with the quarantine to the desk of the mill. */
record DeskActions(QuarantineDesk desk) implements QuarantineActions {

  @Override
  public void replay(List<String> ids) {
    desk.replay(ids);
  }

  @Override
  public void correct(String id, byte[] record) {
    desk.correct(id, record);
  }

  @Override
  public void drop(List<String> ids) {
    desk.drop(ids);
  }
}
