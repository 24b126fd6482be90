def log = new File(basedir, 'build.log').text
assert log.contains("bytes of flash, board 'tiny' has 1024 [BW0403]")
assert log.contains("bytes of RAM, board 'tiny' has 512 [BW0403]")
assert !new File(basedir, 'target/generated-sources').exists()
