# SPDX-License-Identifier: 0BSD
# The library ${network.name}; with -D${network.macro}_TOOLS=ON also the program that runs inferences over files<#if selfTest> and the self-test</#if>.
cmake_minimum_required(VERSION 3.13)
project(${network.name} C)
option(${network.macro}_TOOLS "build the programs too" OFF)

add_library(${network.name} STATIC ${network.name}.c ${network.name}_weights.c)
target_include_directories(${network.name} PUBLIC <#noparse>${CMAKE_CURRENT_SOURCE_DIR}</#noparse>)
set_target_properties(${network.name} PROPERTIES C_STANDARD 99 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF)
<#if network.real>
target_compile_options(${network.name} PRIVATE -ffp-contract=off)
</#if>

if(${network.macro}_TOOLS)
  add_executable(${network.name}_run ${network.driver}.c)
  target_link_libraries(${network.name}_run ${network.name})
<#if selfTest>
  add_executable(${network.name}_selftest ${network.name}_selftest.c)
  target_link_libraries(${network.name}_selftest ${network.name})
  enable_testing()
  add_test(NAME ${network.name}_selftest COMMAND ${network.name}_selftest)
</#if>
endif()
