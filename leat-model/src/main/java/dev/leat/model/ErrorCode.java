package dev.leat.model;

/**
 * Every error Leat can tell, each with a stable number and a section in docs/errors.md.
 *
 * <p>1000 the folder, 2000 SQL, 3000 sources, 4000 log, 5000 lake, 6000 mill and engine, 7000
 * server, 8000 command line.
 */
public enum ErrorCode {
  FOLDER_MISSING(1000, Blame.USER, "The project folder cannot be read"),
  YAML_SYNTAX(1001, Blame.USER, "A YAML file is not well-formed"),
  UNKNOWN_KEY(1002, Blame.USER, "A key is not known here"),
  MISSING_KEY(1003, Blame.USER, "A required key is missing"),
  WRONG_VALUE(1004, Blame.USER, "A value is not what its key takes"),
  UNKNOWN_NAME(1005, Blame.USER, "A name refers to nothing"),
  DUPLICATE_NAME(1006, Blame.USER, "Two things have the same name"),
  MISSING_VARIABLE(1007, Blame.USER, "A ${NAME} has no value in the environment"),
  NOT_YET(1008, Blame.NOT_YET, "A choice that Leat knows of but cannot carry out yet"),

  SQL_SYNTAX(2001, Blame.USER, "SQL that does not parse"),
  SQL_INVALID(2002, Blame.USER, "SQL that does not validate"),
  SQL_UNKNOWN_TABLE(2003, Blame.USER, "SQL names a table that does not exist"),
  SQL_UNKNOWN_COLUMN(2004, Blame.USER, "SQL names a column that does not exist"),
  SQL_UNKNOWN_FUNCTION(2005, Blame.USER, "SQL calls a function that is not on the list"),
  SQL_CYCLE(2006, Blame.USER, "Tables depend on each other in a circle"),
  SQL_UNSUPPORTED(2007, Blame.NOT_YET, "SQL that Leat cannot run yet"),
  SQL_NOT_DETERMINISTIC(2008, Blame.USER, "SQL whose answer depends on when it is asked"),
  SQL_NOT_PUBLISHED(2009, Blame.USER, "A table reads another team's table that is not published"),

  SOURCE_UNREACHABLE(3001, Blame.RESOURCES, "A source cannot be reached"),
  SOURCE_CONTRACT(3002, Blame.USER, "Data does not match its contract"),
  SOURCE_FILE_BAD(3003, Blame.USER, "A file cannot be read"),
  SOURCE_OVERLOADED(3004, Blame.RESOURCES, "Events arrive faster than they can be kept"),
  SOURCE_TOO_LARGE(3005, Blame.USER, "A request or record is too large"),

  LOG_FAILED(4001, Blame.RESOURCES, "The log cannot be written or read"),
  LOG_GAP(4002, Blame.RESOURCES, "The log no longer holds records that were not yet read"),
  INPUT_SHORT(4003, Blame.RESOURCES, "An input ends before what has been read of it"),

  LAKE_FAILED(5001, Blame.RESOURCES, "The lake cannot be written or read"),
  LAKE_EPOCH_MISSING(5002, Blame.USER, "That epoch is not kept"),
  LAKE_CONFLICT(5003, Blame.RESOURCES, "Another process published an epoch"),
  LAKE_ROW_MISSING(5004, Blame.BUG, "A change takes away a row that is not there"),

  MILL_LOCKED(6001, Blame.USER, "Another process already runs this folder"),
  MILL_ARITHMETIC(6002, Blame.USER, "A value does not fit its type"),
  MILL_STATE_BAD(6003, Blame.RESOURCES, "A state snapshot cannot be read"),
  ENGINE_FAILED(6004, Blame.BUG, "A query failed inside the engine"),
  ENGINE_MEMORY(6005, Blame.RESOURCES, "A query needs more memory than it may take"),
  ENGINE_STOPPED(6006, Blame.USER, "A query was stopped before it was done"),
  MILL_NOT_FILLED(6007, Blame.USER, "A table has not been filled by its definition of now"),
  ENGINE_RECURSION(6008, Blame.USER, "A recursion does not end"),
  MILL_NOT_APPEND_ONLY(6010, Blame.USER, "A row is taken from a relation said never to lose one"),

  REQUEST_INVALID(7001, Blame.USER, "A request is not valid"),
  REQUEST_UNAUTHORISED(7002, Blame.USER, "A request carries no valid session or token"),
  REQUEST_NOT_FOUND(7003, Blame.USER, "There is nothing at this address"),

  USAGE(8001, Blame.USER, "The command line is not understood"),
  UNFORESEEN(8002, Blame.BUG, "A command met something that was not foreseen"),
  OUTPUT_UNWRITTEN(8003, Blame.RESOURCES, "An answer cannot be written to where it should go");

  /** Whose turn it is to do something. */
  public enum Blame {
    USER,
    NOT_YET,
    BUG,
    RESOURCES
  }

  private final int number;
  private final Blame blame;
  private final String title;

  ErrorCode(int number, Blame blame, String title) {
    this.number = number;
    this.blame = blame;
    this.title = title;
  }

  public String id() {
    return "LEAT-" + number;
  }

  public Blame blame() {
    return blame;
  }

  public String title() {
    return title;
  }
}
