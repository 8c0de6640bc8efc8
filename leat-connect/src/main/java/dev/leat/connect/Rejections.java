package dev.leat.connect;

/** Who is told of a row that breaks the contract. */
interface Rejections {

  /**
   * @param row its place in what is read, from 0
   * @param raw the row as it came
   */
  void add(long row, Fault fault, byte[] raw);
}
