FROMdebian:trixie-slim

RUNtrue
